namespace Stn.Experiments.Tables;

/// <summary>Table 2: the sequence errors of three networks on the Street View House Numbers. Synthetic numbers have no cell in it.</summary>
internal static class Table2
{
    internal static ErrorTable Create() => new(2, "house numbers (SVHN), a number being wrong where any digit is")
    {
        PaperTraining = "400,000 steps of 128 images",
        Baselines = [("st-cnn-", "cnn")],
        NotMeasured = "–",
    };
}
