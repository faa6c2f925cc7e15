// Gradients, and functions whose forward and backward are written on the other side of the ABI.
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/grad_mode.h>
#include <torch/custom_class.h>

#include <stdexcept>

#include "guard.h"

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Owns the caller's state for as long as the graph needs it.
struct Capsule : torch::CustomClassHolder {
  explicit Capsule(const stn_function& callbacks) : function(callbacks) {}
  ~Capsule() override { function.release(function.user); }
  stn_function function;
};

stn_context* handle_of(AutogradContext* context) { return reinterpret_cast<stn_context*>(context); }
AutogradContext* context_of(const stn_context* handle) {
  return reinterpret_cast<AutogradContext*>(const_cast<stn_context*>(handle));
}

std::vector<stn_tensor*> handles_of(at::TensorList tensors) {
  std::vector<stn_tensor*> handles;
  for (const at::Tensor& tensor : tensors)
    handles.push_back(tensor.defined() ? reinterpret_cast<stn_tensor*>(tensor.unsafeGetTensorImpl()) : nullptr);
  return handles;
}

// Takes over what the callback wrote, also when it failed half way.
variable_list collect(const std::vector<stn_tensor*>& written, int32_t failed) {
  variable_list tensors;
  for (stn_tensor* handle : written) tensors.push_back(stn::adopt(handle));
  if (failed != 0) throw std::runtime_error(stn_last_error());
  return tensors;
}

struct CallerFunction : torch::autograd::Function<CallerFunction> {
  static variable_list forward(AutogradContext* context, at::TensorList inputs, c10::intrusive_ptr<Capsule> capsule,
                               int64_t output_count) {
    context->saved_data["capsule"] = c10::IValue::make_capsule(capsule);
    context->saved_data["inputs"] = static_cast<int64_t>(inputs.size());
    const auto handles = handles_of(inputs);
    std::vector<stn_tensor*> out(output_count, nullptr);
    const stn_function& function = capsule->function;
    const int32_t failed = function.forward(function.user, handle_of(context), handles.data(),
                                            static_cast<int32_t>(handles.size()), out.data(),
                                            static_cast<int32_t>(output_count));
    return collect(out, failed);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto capsule = c10::static_intrusive_pointer_cast<Capsule>(context->saved_data["capsule"].toCapsule());
    std::vector<stn_tensor*> out(context->saved_data["inputs"].toInt(), nullptr);
    const auto handles = handles_of(gradients);
    const stn_function& function = capsule->function;
    const int32_t failed =
        function.backward(function.user, handle_of(context), handles.data(), static_cast<int32_t>(handles.size()),
                          out.data(), static_cast<int32_t>(out.size()));
    variable_list result = collect(out, failed);
    result.resize(result.size() + 2);  // forward's two arguments that are not tensors
    return result;
  }
};

}  // namespace

int32_t stn_grad_mode_get(void) { return at::GradMode::is_enabled(); }
void stn_grad_mode_set(int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }

stn_status stn_grad_get(const stn_tensor* handle, stn_tensor** out) {
  return stn::guard([&] { *out = stn::hand_over(stn::borrow(handle).grad()); });
}

stn_status stn_grad_set(stn_tensor* handle, const stn_tensor* gradient) {
  return stn::guard([&] {
    const at::Tensor tensor = stn::borrow(handle), value = stn::borrow(gradient);
    if (value.defined()) {
      TORCH_CHECK(value.sizes() == tensor.sizes() && value.scalar_type() == tensor.scalar_type() &&
                      value.device() == tensor.device(),
                  "the gradient of a tensor of shape ", tensor.sizes(), ", ", tensor.scalar_type(), ", ", tensor.device(),
                  " cannot have shape ", value.sizes(), ", ", value.scalar_type(), ", ", value.device());
    }
    tensor.mutable_grad() = value;
  });
}

stn_status stn_backward(stn_tensor* const* outputs, stn_tensor* const* gradients, int32_t count, int32_t retain_graph,
                        int32_t create_graph) {
  return stn::guard([&] {
    torch::autograd::backward(stn::borrow_all(outputs, count), stn::borrow_all(gradients, count), retain_graph != 0,
                              create_graph != 0);
  });
}

stn_status stn_grad(stn_tensor* const* outputs, stn_tensor* const* gradients, int32_t output_count,
                    stn_tensor* const* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph,
                    int32_t allow_unused, stn_tensor** out) {
  return stn::guard([&] {
    auto result = torch::autograd::grad(stn::borrow_all(outputs, output_count), stn::borrow_all(inputs, input_count),
                                        stn::borrow_all(gradients, output_count), retain_graph != 0, create_graph != 0,
                                        allow_unused != 0);
    for (int32_t i = 0; i < input_count; i++) out[i] = stn::hand_over(std::move(result[i]));
  });
}

stn_status stn_custom(const stn_function* function, stn_tensor* const* inputs, int32_t input_count, stn_tensor** out,
                      int32_t output_count) {
  return stn::guard([&] {
    const auto tensors = stn::borrow_all(inputs, input_count);
    auto capsule = c10::make_intrusive<Capsule>(*function);
    auto result = CallerFunction::apply(at::TensorList(tensors), std::move(capsule), static_cast<int64_t>(output_count));
    for (int32_t i = 0; i < output_count; i++) out[i] = stn::hand_over(std::move(result[i]));
  });
}

stn_status stn_context_save(stn_context* handle, stn_tensor* const* tensors, int32_t count) {
  return stn::guard([&] { context_of(handle)->save_for_backward(stn::borrow_all(tensors, count)); });
}

stn_status stn_context_saved(const stn_context* handle, stn_tensor** out, int32_t count) {
  return stn::guard([&] {
    auto saved = context_of(handle)->get_saved_variables();
    TORCH_CHECK(static_cast<int32_t>(saved.size()) == count, "saved ", saved.size(), " tensors, asked for ", count);
    for (int32_t i = 0; i < count; i++) out[i] = stn::hand_over(std::move(saved[i]));
  });
}

stn_status stn_context_needs_grad(const stn_context* handle, int32_t input, int32_t* out) {
  return stn::guard([&] { *out = context_of(handle)->needs_input_grad(static_cast<size_t>(input)); });
}
