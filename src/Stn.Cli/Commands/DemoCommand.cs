using System.CommandLine;
namespace Stn.Cli.Commands;
internal static class DemoCommand { internal static Command Create() => new("demo"); }
