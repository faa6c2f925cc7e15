// Tensors made from memory and read back.
#include <ATen/ATen.h>

#include <cstring>
#include <memory>

#include "guard.h"

namespace {

at::TensorOptions options_of(int32_t dtype) {
  TORCH_CHECK(dtype >= 0 && dtype < static_cast<int32_t>(at::ScalarType::Undefined), dtype, " is no element type");
  return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
}

}  // namespace

stn_status stn_tensor_new(int32_t dtype, const int64_t* sizes, int32_t dimensions, const void* data, int64_t bytes,
                          stn_tensor** out) {
  return stn::guard([&] {
    const at::IntArrayRef shape(sizes, dimensions);
    at::Tensor tensor = at::empty(shape, options_of(dtype));
    if (data != nullptr) {
      TORCH_CHECK(bytes == static_cast<int64_t>(tensor.nbytes()), "a tensor of shape ", shape, " needs ", tensor.nbytes(),
                  " bytes, got ", bytes);
      if (bytes > 0) std::memcpy(tensor.data_ptr(), data, bytes);
    }
    *out = stn::hand_over(std::move(tensor));
  });
}

stn_status stn_tensor_wrap(int32_t dtype, const int64_t* sizes, int32_t dimensions, void* data, void (*release)(void* user),
                           void* user, stn_tensor** out) {
  return stn::guard([&] {
    // Owned from the first line on: whatever fails, the memory is let go of once.
    std::shared_ptr<void> owner(user, release);
    *out = stn::hand_over(at::from_blob(
        data, at::IntArrayRef(sizes, dimensions), [owner](void*) {}, options_of(dtype)));
  });
}

stn_status stn_tensor_info(const stn_tensor* handle, stn_info* out) {
  return stn::guard([&] {
    const at::Tensor tensor = stn::borrow(handle);
    *out = stn_info{};
    out->dimensions = static_cast<int32_t>(tensor.dim());
    out->sizes = tensor.sizes().data();
    out->elements = tensor.numel();
    out->requires_grad = tensor.requires_grad();
    out->cuda_device = tensor.is_cuda() ? tensor.get_device() : -1;
    out->dtype = static_cast<int32_t>(tensor.scalar_type());
    if (tensor.layout() != at::kStrided) return;  // mkldnn: no strides, no address
    out->contiguous = tensor.is_contiguous();
    out->strides = tensor.strides().data();
    out->data = tensor.is_cuda() ? nullptr : tensor.data_ptr();
  });
}

stn_status stn_tensor_read(const stn_tensor* handle, void* data, int64_t bytes) {
  return stn::guard([&] {
    at::Tensor tensor = stn::borrow(handle).detach();
    if (tensor.layout() != at::kStrided) tensor = tensor.to_dense();
    tensor = tensor.to(at::kCPU).contiguous();
    TORCH_CHECK(bytes == static_cast<int64_t>(tensor.nbytes()), "reading a tensor of shape ", tensor.sizes(), " takes ",
                tensor.nbytes(), " bytes, got room for ", bytes);
    if (bytes > 0) std::memcpy(data, tensor.data_ptr(), bytes);
  });
}

stn_status stn_tensors_changed(stn_tensor* const* handles, int32_t count) {
  return stn::guard([&] {
    for (int32_t i = 0; i < count; i++) stn::borrow(handles[i]).unsafeGetTensorImpl()->bump_version();
  });
}

stn_status stn_tensor_version(const stn_tensor* handle, int64_t* out) {
  return stn::guard([&] { *out = static_cast<int64_t>(stn::borrow(handle)._version()); });
}

stn_status stn_tensor_retain(stn_tensor* handle, stn_tensor** out) {
  return stn::guard([&] { *out = stn::hand_over(stn::borrow(handle)); });
}

void stn_tensor_free(stn_tensor* handle) { stn::adopt(handle); }
