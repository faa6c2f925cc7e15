namespace Stn.Data.Folders;

/// <summary>A picture's file and its class.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">The place of its class among the class names.</param>
public sealed record PictureEntry(string Path, int Label);
