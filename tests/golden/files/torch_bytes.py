"""What a tensor is to safetensors: its dtype's name, its shape, and its bytes in C order."""
import torch

NAMES = {torch.bool: "BOOL", torch.uint8: "U8", torch.int8: "I8", torch.int16: "I16", torch.int32: "I32",
         torch.int64: "I64", torch.float16: "F16", torch.bfloat16: "BF16", torch.float32: "F32", torch.float64: "F64"}


def described(tensor):
    dense = tensor.detach().clone(memory_format=torch.contiguous_format)
    # numpy has no bfloat16: its bits pass as an integer's.
    bits = dense.view(torch.int16) if dense.dtype == torch.bfloat16 else dense
    return NAMES[tensor.dtype], list(tensor.shape), bits.numpy().tobytes()


def tensors_in(value, name=""):
    """All tensors of nested dictionaries and lists, under dotted names."""
    if isinstance(value, torch.Tensor):
        return {name: described(value)}
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, (list, tuple)) else ()
    found = {}
    for key, item in items:
        found.update(tensors_in(item, f"{name}.{key}" if name else str(key)))
    return found
