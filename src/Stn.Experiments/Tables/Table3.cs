namespace Stn.Experiments.Tables;

/// <summary>Table 3: birds. The paper prints accuracies; here are the errors that they leave.</summary>
internal static class Table3
{
    internal static ErrorTable Create() => new(3, "birds (CUB-200-2011; the paper prints 100 less it, its accuracy)")
    {
        PaperTraining = "from ImageNet's weights, the rate falling after 10,000, 20,000 and 25,000 steps",
        Baselines = [("2st-cnn-224", "cnn-224")], // those on 448×448 see other samples of the same birds
        NotMeasured = "–",
    };
}
