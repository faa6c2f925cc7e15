using System.CommandLine;
namespace Stn.Cli.Commands;
internal static class EvalCommand { internal static Command Create() => new("eval"); }
