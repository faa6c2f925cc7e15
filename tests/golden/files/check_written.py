"""Loads what C# wrote, with PyTorch's own safe loader and an independent safetensors reader, and compares.

    /usr/bin/python3 check_written.py state_dict.pt same_tensors.safetensors
"""
import sys
import zipfile

import torch

import independent_safetensors
import torch_bytes

state_dict_path, safetensors_path = sys.argv[1:]
state_dict = torch.load(state_dict_path, weights_only=True)
tensors, metadata = independent_safetensors.read(safetensors_path)

assert list(state_dict) == list(tensors), "the names or their order differ"
for name, tensor in state_dict.items():
    assert tensor.is_contiguous() and torch_bytes.described(tensor) == tuple(tensors[name]), name
assert zipfile.ZipFile(state_dict_path).testzip() is None, "a checksum is wrong"
print(f"{len(tensors)} tensors are equal; metadata {metadata}")
