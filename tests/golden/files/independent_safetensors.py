"""A reader and a writer of safetensors from its specification alone, to check the C# ones against."""
import json
import struct

SIZES = {"BOOL": 1, "U8": 1, "I8": 1, "I16": 2, "I32": 4, "I64": 8, "F16": 2, "BF16": 2, "F32": 4, "F64": 8}


def write(path, tensors, metadata):
    """tensors: name -> (dtype, shape, bytes)."""
    header, position = {"__metadata__": metadata} if metadata else {}, 0
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [position, position + len(data)]}
        position += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(t[2] for t in tensors.values()))


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    length, = struct.unpack_from("<Q", content)
    assert length % 8 == 0, "the header is not padded"
    header, data = json.loads(content[8:8 + length]), content[8 + length:]
    metadata, tensors, used = header.pop("__metadata__", {}), {}, 0
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        count = 1
        for size in entry["shape"]:
            count *= size
        assert end - begin == count * SIZES[entry["dtype"]], name
        assert begin % SIZES[entry["dtype"]] == 0, f"{name} is not aligned"
        tensors[name] = (entry["dtype"], entry["shape"], data[begin:end])
        used += end - begin
    assert used == len(data), "bytes without a tensor"
    return tensors, metadata
