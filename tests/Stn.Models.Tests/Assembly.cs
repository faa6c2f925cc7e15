// Tensor.LiveCount counts the whole process: two tests at once would see each other's tensors.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
