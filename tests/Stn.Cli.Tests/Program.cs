return args is ["whole", .. var rest] ? Stn.Cli.Tests.Tool.OnWholeBatch(rest) : Stn.Cli.Tests.Tool.OnGlyphs(args);
