using System.CommandLine;
namespace Stn.Cli.Commands;
internal static class DoctorCommand { internal static Command Create() => new("doctor"); }
