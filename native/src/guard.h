// What every function of the ABI is wrapped in: exceptions become a status and a text, none leaves.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <exception>
#include <string>
#include <vector>

#include "stn_torch.h"

namespace stn {

void set_error(const std::string& text);

template <class Body>
stn_status guard(Body&& body) noexcept {
  try {
    body();
    return 0;
  } catch (const c10::Error& error) {
    set_error(error.what_without_backtrace());
  } catch (const std::exception& error) {
    set_error(error.what());
  } catch (...) {
    set_error("an exception that is not a std::exception");
  }
  return 1;
}

using TensorPtr = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

// A handle is the TensorImpl itself with one reference: no object in between.
inline at::Tensor borrow(const stn_tensor* handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(TensorPtr::reclaim_copy(reinterpret_cast<c10::TensorImpl*>(const_cast<stn_tensor*>(handle))));
}

inline stn_tensor* hand_over(at::Tensor tensor) {
  if (!tensor.defined()) return nullptr;
  return reinterpret_cast<stn_tensor*>(tensor.unsafeReleaseTensorImpl());
}

inline at::Tensor adopt(stn_tensor* handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(TensorPtr::reclaim(reinterpret_cast<c10::TensorImpl*>(handle)));
}

inline std::vector<at::Tensor> borrow_all(stn_tensor* const* handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
  return tensors;
}

inline void copy_text(const std::string& text, char* buffer, int32_t capacity) {
  if (capacity <= 0) return;
  const auto length = std::min<size_t>(text.size(), static_cast<size_t>(capacity) - 1);
  text.copy(buffer, length);
  buffer[length] = '\0';
}

}  // namespace stn
