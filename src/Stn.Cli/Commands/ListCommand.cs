using System.CommandLine;
namespace Stn.Cli.Commands;
internal static class ListCommand { internal static Command Create() => new("list"); }
