return Stn.Cli.Tests.Tool.OnGlyphs(args);
