"""Writes the .pt files that the tests of Stn.Torch.Files read, and what is in them as *.expected.safetensors.

    /usr/bin/python3 make_files.py        (Debian 12's python3-torch, PyTorch 1.13)
"""
import collections
import os
import pathlib
import zipfile

import torch

import independent_safetensors
import torch_bytes

HERE = pathlib.Path(__file__).parent


class RunsACommand:
    """A payload as an attacker would write it: loading it creates a file."""

    def __reduce__(self):
        return os.system, ("touch stn-was-here",)


def network():
    torch.manual_seed(5)
    return torch.nn.Sequential(collections.OrderedDict(
        conv=torch.nn.Conv2d(2, 3, 3), norm=torch.nn.BatchNorm2d(3), fc=torch.nn.Linear(4, 2)))


def unusual_tensors():
    base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4) / 7
    kinds = {f"types.{str(dtype)[6:]}": torch.tensor([[0, 1, 2], [3, 100, 5]]).to(dtype) for dtype in torch_bytes.NAMES}
    return kinds | {
        "views.transposed": base.transpose(0, 2), "views.sliced": base[1:, ::2, 1:3], "views.row": base[1, 2],
        "views.base": base, "views.half": base.half().permute(2, 0, 1),
        "views.channels_last": torch.randn(2, 3, 4, 5).to(memory_format=torch.channels_last),
        "views.expanded": torch.tensor([1.5, -2.5]).reshape(2, 1).expand(2, 3),
        "scalar": torch.tensor(3.25, dtype=torch.float64), "one": base[0, 1, 2],
        "empty": torch.empty(0), "empty.shape": torch.empty(2, 0, 3, dtype=torch.int64),
        "parameter": torch.nn.Parameter(base[0]), "größe ✓": torch.tensor([float("nan"), float("inf"), -0.0]),
    }


def checkpoint():
    net = network()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.1)
    net.fc(torch.ones(1, 4)).sum().backward()
    optimizer.step()
    return {"epoch": 3, "best": 0.25, "name": "run", "done": False, "nothing": None, "seed": 2 ** 80, "size": torch.Size([2, 3]),
            "device": torch.device("cpu"), "dtype": torch.float32, "history": [1.0, -2, (3, {"x": torch.ones(2)})],
            "state_dict": net.state_dict(), "optimizer": optimizer.state_dict()}


def save(name, value, **options):
    torch.save(value, HERE / f"{name}.pt", **options)


def save_with_expected(name, value, **options):
    save(name, value, **options)
    independent_safetensors.write(HERE / f"{name}.expected.safetensors", torch_bytes.tensors_in(value), {"made by": "make_files.py"})


def save_as_zip64(source, name):
    """Python's zipfile writes ZIP64 records where its limits are reached, so they are lowered."""
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = 1, 1
    with zipfile.ZipFile(HERE / f"{source}.pt") as old, zipfile.ZipFile(HERE / f"{name}.pt", "w") as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry))


save_with_expected("state_dict", network().state_dict())
save_with_expected("unusual_tensors", unusual_tensors())
save_with_expected("checkpoint", checkpoint())
save_with_expected("protocol4", network().state_dict(), pickle_protocol=4)
save_as_zip64("state_dict", "zip64")
save("whole_module", network())
save("runs_a_command", {"weight": torch.ones(2), "payload": RunsACommand()})
save("sparse", {"weight": torch.eye(3).to_sparse()})
save("complex", {"weight": torch.ones(2, dtype=torch.complex64)})
save("conjugate", {"weight": torch.ones(2, dtype=torch.complex64).conj().imag})
save("single_tensor", torch.ones(2))
save("before_1_6", network().state_dict(), _use_new_zipfile_serialization=False)
torch.jit.script(torch.nn.Linear(2, 2)).save(str(HERE / "torchscript.pt"))
