namespace Stn.Experiments.Tables;

/// <summary>Table 1: the errors of eight networks on distorted MNIST; cluttered digits (TC) are in the text of section 4.1.</summary>
internal static class Table1
{
    internal static ErrorTable Create() => new(1, "distorted MNIST")
    {
        PaperTraining = "150,000 steps of 256 images, the mean of three runs",
        Baselines = [("st-cnn-", "cnn"), ("st-fcn-", "fcn")],
    };
}
