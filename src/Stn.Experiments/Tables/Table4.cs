namespace Stn.Experiments.Tables;

/// <summary>Table 4: the errors of eight networks on MNIST addition (appendix A.1).</summary>
internal static class Table4
{
    internal static ErrorTable Create() => new(4, "MNIST addition")
    {
        PaperTraining = "SGD; its steps are not stated",
        Comparison = "Two transformers against one, one against none, convolutions against none",
        Baselines =
        [
            ("2st-fcn-aff", "st-fcn-aff"), ("2st-fcn-proj", "st-fcn-proj"), ("2st-fcn-tps", "st-fcn-tps"),
            ("st-fcn-", "fcn"), ("cnn", "fcn"),
        ],
    };
}
