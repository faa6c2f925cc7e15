// Any operator by its schema: arguments are checked against it, defaults come from it.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

#include <cstdlib>
#include <cstring>
#include <memory>

#include "guard.h"

struct stn_op {
  c10::OperatorHandle handle;
};

namespace {

using c10::IValue;
using c10::TypeKind;

const char* tag_name(int32_t tag) {
  static const char* names[] = {"None",   "a tensor",          "an int",            "a float",  "a bool",
                                "a list of ints", "a list of floats", "a list of tensors", "a string", "a device"};
  return tag >= 0 && tag <= STN_DEVICE ? names[tag] : "an unknown tag";
}

[[noreturn]] void mismatch(const c10::Argument& argument, const stn_value& value) {
  TORCH_CHECK(false, "argument '", argument.name(), "' must be ", argument.type()->str(), ", got ", tag_name(value.tag));
}

template <class T>
std::vector<T> to_vector(const stn_value& value) {
  const T* first = static_cast<const T*>(value.as.pointer);
  return std::vector<T>(first, first + value.count);
}

std::string to_text(const stn_value& value) {
  return std::string(static_cast<const char*>(value.as.pointer), value.count);
}

bool to_real(const stn_value& value, double* out) {
  if (value.tag == STN_REAL) *out = value.as.real;
  else if (value.tag == STN_INT) *out = static_cast<double>(value.as.integer);
  else return false;
  return true;
}

IValue to_number(const c10::Argument& argument, const stn_value& value) {
  switch (value.tag) {
    case STN_INT: return IValue(value.as.integer);
    case STN_REAL: return IValue(value.as.real);
    case STN_BOOL: return IValue(value.as.integer != 0);
    default: mismatch(argument, value);
  }
}

IValue to_tensor_list(const stn_value& value, bool optional_entries) {
  const auto tensors = stn::borrow_all(static_cast<stn_tensor* const*>(value.as.pointer), value.count);
  if (!optional_entries) return IValue(c10::List<at::Tensor>(at::ArrayRef<at::Tensor>(tensors)));
  c10::impl::GenericList list(c10::OptionalType::create(c10::TensorType::get()));
  for (const at::Tensor& tensor : tensors) list.push_back(tensor.defined() ? IValue(tensor) : IValue());
  return IValue(list);
}

IValue to_list(const c10::Argument& argument, const c10::Type& element, const stn_value& value) {
  const bool one_for_all = argument.N().has_value();  // int[2] takes a single int
  switch (element.kind()) {
    case TypeKind::IntType:
      if (value.tag == STN_INTS) return IValue(to_vector<int64_t>(value));
      if (value.tag == STN_INT && one_for_all) return IValue(std::vector<int64_t>(*argument.N(), value.as.integer));
      break;
    case TypeKind::FloatType:
      if (value.tag == STN_REALS) return IValue(to_vector<double>(value));
      break;
    case TypeKind::BoolType:
      if (value.tag == STN_INTS) {
        c10::List<bool> list;
        for (int64_t entry : to_vector<int64_t>(value)) list.push_back(entry != 0);
        return IValue(list);
      }
      break;
    case TypeKind::TensorType:
      if (value.tag == STN_TENSORS) return to_tensor_list(value, false);
      break;
    case TypeKind::OptionalType:
      if (value.tag == STN_TENSORS) return to_tensor_list(value, true);
      break;
    default: break;
  }
  mismatch(argument, value);
}

IValue to_ivalue(const c10::Argument& argument, const c10::Type& type, const stn_value& value) {
  if (type.kind() == TypeKind::OptionalType) {
    if (value.tag == STN_NONE) return IValue();
    return to_ivalue(argument, *type.castRaw<c10::OptionalType>()->getElementType(), value);
  }
  double real = 0;
  switch (type.kind()) {
    case TypeKind::TensorType:
      if (value.tag == STN_TENSOR && value.as.pointer != nullptr)
        return IValue(stn::borrow(static_cast<const stn_tensor*>(value.as.pointer)));
      break;
    case TypeKind::IntType:
      if (value.tag == STN_INT) return IValue(value.as.integer);
      break;
    case TypeKind::FloatType:
      if (to_real(value, &real)) return IValue(real);
      break;
    case TypeKind::BoolType:
      if (value.tag == STN_BOOL) return IValue(value.as.integer != 0);
      break;
    case TypeKind::NumberType: return to_number(argument, value);
    case TypeKind::StringType:
      if (value.tag == STN_STRING) return IValue(to_text(value));
      break;
    case TypeKind::DeviceObjType:
      if (value.tag == STN_DEVICE) return IValue(c10::Device(to_text(value)));
      break;
    case TypeKind::ListType: return to_list(argument, *type.castRaw<c10::ListType>()->getElementType(), value);
    default: break;
  }
  mismatch(argument, value);
}

torch::jit::Stack to_stack(const c10::FunctionSchema& schema, const stn_value* values, int32_t count) {
  const auto& arguments = schema.arguments();
  TORCH_CHECK(count <= static_cast<int32_t>(arguments.size()), "takes ", arguments.size(), " arguments, got ", count);
  torch::jit::Stack stack;
  stack.reserve(arguments.size());
  for (size_t i = 0; i < arguments.size(); i++) {
    if (static_cast<int32_t>(i) < count) {
      stack.push_back(to_ivalue(arguments[i], *arguments[i].type(), values[i]));
    } else {
      TORCH_CHECK(arguments[i].default_value().has_value(), "argument '", arguments[i].name(), "' is missing");
      stack.push_back(*arguments[i].default_value());
    }
  }
  return stack;
}

stn_value from_tensor_list(const IValue& result) {
  const auto tensors = result.toTensorVector();
  auto** list = static_cast<stn_tensor**>(std::malloc(sizeof(stn_tensor*) * (tensors.size() + 1)));
  if (list == nullptr) throw std::bad_alloc();
  for (size_t i = 0; i < tensors.size(); i++) list[i] = stn::hand_over(tensors[i]);
  stn_value value{STN_TENSORS, static_cast<int32_t>(tensors.size()), {}};
  value.as.pointer = list;
  return value;
}

stn_value from_ivalue(const IValue& result) {
  stn_value value{STN_NONE, 0, {}};
  if (result.isTensor()) {
    value.tag = STN_TENSOR;
    value.as.pointer = stn::hand_over(result.toTensor());
  } else if (result.isInt()) {
    value.tag = STN_INT;
    value.as.integer = result.toInt();
  } else if (result.isDouble()) {
    value.tag = STN_REAL;
    value.as.real = result.toDouble();
  } else if (result.isBool()) {
    value.tag = STN_BOOL;
    value.as.integer = result.toBool();
  } else if (result.isTensorList()) {
    value = from_tensor_list(result);
  }
  return value;
}

// Before any result is handed over: one that cannot be passed on must not leak the others.
void require_known(const IValue& result) {
  TORCH_CHECK(result.isTensor() || result.isInt() || result.isDouble() || result.isBool() || result.isTensorList() ||
                  result.isNone(),
              "a result of kind ", result.tagKind(), " cannot be passed on");
}

}  // namespace

stn_status stn_op_find(const char* name, const char* overload, stn_op** out) {
  return stn::guard([&] {
    *out = new stn_op{c10::Dispatcher::singleton().findSchemaOrThrow(name, overload)};
  });
}

stn_status stn_op_schema(const stn_op* op, char* buffer, int32_t capacity) {
  return stn::guard([&] {
    std::ostringstream text;
    text << op->handle.schema();
    stn::copy_text(text.str(), buffer, capacity);
  });
}

stn_status stn_call(const stn_op* op, const stn_value* arguments, int32_t count, stn_value* results, int32_t capacity,
                    int32_t* result_count) {
  return stn::guard([&] {
    torch::jit::Stack stack = to_stack(op->handle.schema(), arguments, count);
    op->handle.callBoxed(&stack);
    *result_count = static_cast<int32_t>(stack.size());
    if (capacity == 0) return;
    TORCH_CHECK(static_cast<int32_t>(stack.size()) <= capacity, "returns ", stack.size(), " values, room for ", capacity);
    for (const IValue& result : stack) require_known(result);
    for (size_t i = 0; i < stack.size(); i++) results[i] = from_ivalue(stack[i]);
  });
}

void stn_list_free(const void* list) { std::free(const_cast<void*>(list)); }
