"""Writes digitStruct.mat in the form of SVHN's format 1 (MATLAB 7.3, which is HDF5 behind a block of 512 bytes), and broken ones.

    python3 tests/golden/svhn/make_digit_struct.py tests/golden/svhn      (needs h5py)

Of an image with one digit, the five fields of bbox hold the number itself; with more, a reference for each digit.
A file's name is one column of 16-bit characters. Labels are 1 to 9, and 10 for the digit 0.
"""
import sys
import h5py
import numpy as np

FIELDS = ("height", "left", "top", "width", "label")
IMAGES = [
    ("1.png", [(219, 246, 77, 81, 1), (219, 323, 81, 96, 9)]),
    ("2.png", [(32, 77, 29, 23, 2)]),
    ("3.png", [(15, 17, 5, 8, 2), (15, 25, 5, 9, 10)]),
    ("14.png", [(20.5, 3, 4, 9, 1), (20, 12, 4, 9, 2), (20, 21, 4, 9, 3), (20, 30, 4, 9, 4), (20, 39, 4, 9, 5), (20, 48, 4, 9, 6)]),
]


def write(path, images, change=None):
    with h5py.File(path, "w", userblock_size=512) as file:
        refs = file.create_group("#refs#")
        names, boxes = [], []
        for index, (name, digits) in enumerate(images):
            characters = np.array([[ord(c)] for c in name], dtype=np.uint16)
            names.append(refs.create_dataset(f"n{index}", data=characters).ref)
            group = refs.create_group(f"b{index}")
            for place, field in enumerate(FIELDS):
                if len(digits) == 1:
                    group.create_dataset(field, data=np.array([[float(digits[0][place])]]))
                    continue
                column = np.empty((len(digits), 1), dtype=h5py.ref_dtype)
                for row, digit in enumerate(digits):
                    value = refs.create_dataset(f"v{index}_{field}_{row}", data=np.array([[float(digit[place])]]))
                    column[row, 0] = value.ref
                group.create_dataset(field, data=column, dtype=h5py.ref_dtype)
            boxes.append(group.ref)
        struct = file.create_group("digitStruct")
        for field, column in (("name", names), ("bbox", boxes)):
            data = np.empty((len(column), 1), dtype=h5py.ref_dtype)
            for row, ref in enumerate(column):
                data[row, 0] = ref
            struct.create_dataset(field, data=data, dtype=h5py.ref_dtype)
        if change:
            change(file)


def null_reference(file):
    file["digitStruct/bbox"][1, 0] = h5py.Reference()


def text_label(file):
    group = file[file["digitStruct/bbox"][1, 0]]
    del group["label"]
    group.create_dataset("label", data=np.bytes_("two"))


def missing_field(file):
    del file[file["digitStruct/bbox"][0, 0]]["top"]


def uneven_fields(file):
    group = file[file["digitStruct/bbox"][0, 0]]
    kept = group["top"][:1]
    del group["top"]
    group.create_dataset("top", data=kept, dtype=h5py.ref_dtype)


def label_eleven(file):
    file[file["digitStruct/bbox"][1, 0]]["label"][0, 0] = 11


def no_struct(file):
    del file["digitStruct"]


if __name__ == "__main__":
    folder = sys.argv[1]
    write(f"{folder}/digitStruct.mat", IMAGES)
    for change in (null_reference, text_label, missing_field, uneven_fields, label_eleven, no_struct):
        write(f"{folder}/{change.__name__}.mat", IMAGES, change)
