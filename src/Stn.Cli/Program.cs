return Stn.Cli.StnTool.Run(args);
