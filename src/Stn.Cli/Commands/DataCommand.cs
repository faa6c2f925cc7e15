using System.CommandLine;
namespace Stn.Cli.Commands;
internal static class DataCommand { internal static Command Create() => new("data"); }
