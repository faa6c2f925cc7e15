namespace Stn.Torch.Interop;

/// <summary>Every ATen operator that this library calls, by its schema.</summary>
internal static class Ops
{
    internal static readonly Operator Add = new("aten::add", "Tensor");
    internal static readonly Operator AddScalar = new("aten::add", "Scalar");
    internal static readonly Operator Sub = new("aten::sub", "Tensor");
    internal static readonly Operator SubScalar = new("aten::sub", "Scalar");
    internal static readonly Operator Mul = new("aten::mul", "Tensor");
    internal static readonly Operator MulScalar = new("aten::mul", "Scalar");
    internal static readonly Operator Div = new("aten::div", "Tensor");
    internal static readonly Operator DivScalar = new("aten::div", "Scalar");
    internal static readonly Operator Neg = new("aten::neg");
    internal static readonly Operator Abs = new("aten::abs");
    internal static readonly Operator Exp = new("aten::exp");
    internal static readonly Operator Log = new("aten::log");
    internal static readonly Operator Sqrt = new("aten::sqrt");
    internal static readonly Operator Pow = new("aten::pow", "Tensor_Scalar");
    internal static readonly Operator Sin = new("aten::sin");
    internal static readonly Operator Cos = new("aten::cos");
    internal static readonly Operator Floor = new("aten::floor");
    internal static readonly Operator FmodScalar = new("aten::fmod", "Scalar");
    internal static readonly Operator Round = new("aten::round");
    internal static readonly Operator Tanh = new("aten::tanh");
    internal static readonly Operator Relu = new("aten::relu");
    internal static readonly Operator Clamp = new("aten::clamp");
    internal static readonly Operator IsFinite = new("aten::isfinite");
    internal static readonly Operator Eq = new("aten::eq", "Tensor");
    internal static readonly Operator GtScalar = new("aten::gt", "Scalar");
    internal static readonly Operator LogicalNot = new("aten::logical_not");
    internal static readonly Operator MaskedFill = new("aten::masked_fill", "Scalar");
    internal static readonly Operator MatMul = new("aten::matmul");
    internal static readonly Operator Mm = new("aten::mm");
    internal static readonly Operator Bmm = new("aten::bmm");

    internal static readonly Operator Cat = new("aten::cat");
    internal static readonly Operator Stack = new("aten::stack");
    internal static readonly Operator Reshape = new("aten::reshape");
    internal static readonly Operator Flatten = new("aten::flatten", "using_ints");
    internal static readonly Operator Permute = new("aten::permute");
    internal static readonly Operator Transpose = new("aten::transpose", "int");
    internal static readonly Operator Select = new("aten::select", "int");
    internal static readonly Operator Narrow = new("aten::narrow");
    internal static readonly Operator IndexSelect = new("aten::index_select");
    internal static readonly Operator Gather = new("aten::gather");
    internal static readonly Operator Unsqueeze = new("aten::unsqueeze");
    internal static readonly Operator Squeeze = new("aten::squeeze", "dim");
    internal static readonly Operator Expand = new("aten::expand");
    internal static readonly Operator Contiguous = new("aten::contiguous");
    internal static readonly Operator Clone = new("aten::clone");
    internal static readonly Operator Detach = new("aten::detach");
    internal static readonly Operator ToType = new("aten::to", "dtype");
    internal static readonly Operator ToDevice = new("aten::to", "device");
    internal static readonly Operator ToBlocked = new("aten::to_mkldnn");
    internal static readonly Operator OrderWeight = new("aten::mkldnn_reorder_conv2d_weight");
    internal static readonly Operator ToDense = new("aten::to_dense");
    internal static readonly Operator Unfold = new("aten::unfold");

    internal static readonly Operator Sum = new("aten::sum");
    internal static readonly Operator SumDim = new("aten::sum", "dim_IntList");
    internal static readonly Operator Mean = new("aten::mean");
    internal static readonly Operator MeanDim = new("aten::mean", "dim");
    internal static readonly Operator Max = new("aten::max");
    internal static readonly Operator ArgMax = new("aten::argmax");
    internal static readonly Operator Norm = new("aten::norm", "Scalar");
    internal static readonly Operator All = new("aten::all");
    internal static readonly Operator Softmax = new("aten::softmax", "int");
    internal static readonly Operator LogSoftmax = new("aten::log_softmax", "int");

    internal static readonly Operator ZeroInPlace = new("aten::zero_");
    internal static readonly Operator FillInPlace = new("aten::fill_", "Scalar");
    internal static readonly Operator FillDiagonalInPlace = new("aten::fill_diagonal_");
    internal static readonly Operator CopyInPlace = new("aten::copy_");
    internal static readonly Operator AddInPlace = new("aten::add_", "Tensor");
    internal static readonly Operator AddScalarInPlace = new("aten::add_", "Scalar");
    internal static readonly Operator MulInPlace = new("aten::mul_", "Scalar");
    internal static readonly Operator AddCMulInPlace = new("aten::addcmul_");
    internal static readonly Operator AddCDivInPlace = new("aten::addcdiv_");
    internal static readonly Operator UniformInPlace = new("aten::uniform_");
    internal static readonly Operator NormalInPlace = new("aten::normal_");
    internal static readonly Operator RequiresGradInPlace = new("aten::requires_grad_");

    internal static readonly Operator Zeros = new("aten::zeros");
    internal static readonly Operator Ones = new("aten::ones");
    internal static readonly Operator ZerosLike = new("aten::zeros_like");
    internal static readonly Operator RandN = new("aten::randn");
    internal static readonly Operator Rand = new("aten::rand");

    internal static readonly Operator Linear = new("aten::linear");
    internal static readonly Operator Conv2d = new("aten::conv2d");
    internal static readonly Operator MaxPool2d = new("aten::max_pool2d");
    internal static readonly Operator AvgPool2d = new("aten::avg_pool2d");
    internal static readonly Operator Conv3d = new("aten::conv3d");
    internal static readonly Operator MaxPool3d = new("aten::max_pool3d");
    internal static readonly Operator AvgPool3d = new("aten::avg_pool3d");
    internal static readonly Operator AdaptiveAvgPool2d = new("aten::adaptive_avg_pool2d");
    internal static readonly Operator BatchNorm = new("aten::batch_norm");
    internal static readonly Operator Dropout = new("aten::dropout");
    internal static readonly Operator FeatureDropout = new("aten::feature_dropout");
    internal static readonly Operator NllLoss = new("aten::nll_loss");
    internal static readonly Operator MseLoss = new("aten::mse_loss");
    internal static readonly Operator AffineGrid = new("aten::affine_grid_generator");
    internal static readonly Operator GridSampler = new("aten::grid_sampler");
    internal static readonly Operator UpsampleBilinearAntiAliased = new("aten::_upsample_bilinear2d_aa");
}
