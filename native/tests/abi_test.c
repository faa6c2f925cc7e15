/* The ABI from C: proves that the header is C, and that the smallest story (tensors, an operator, an error, a gradient,
 * a custom function) works without any C#. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stn_torch.h"

static int checks = 0;

#define CHECK(condition)                                                                   \
  do {                                                                                     \
    checks++;                                                                              \
    if (!(condition)) {                                                                    \
      fprintf(stderr, "%s:%d: %s\n  %s\n", __FILE__, __LINE__, #condition, stn_last_error()); \
      exit(1);                                                                             \
    }                                                                                      \
  } while (0)

static stn_value tensor_value(stn_tensor* tensor) {
  stn_value value = {STN_TENSOR, 0, {0}};
  value.as.pointer = tensor;
  return value;
}

static stn_tensor* new_floats(const float* data, int64_t rows, int64_t columns) {
  const int64_t sizes[] = {rows, columns};
  stn_tensor* tensor = NULL;
  CHECK(stn_tensor_new(6, sizes, 2, data, (int64_t)sizeof(float) * rows * columns, &tensor) == 0);
  return tensor;
}

static stn_status call(const char* name, const char* overload, stn_value* arguments, int32_t count, stn_tensor** out) {
  stn_op* op = NULL;
  CHECK(stn_op_find(name, overload, &op) == 0);
  stn_value result;
  int32_t results = 0;
  const stn_status status = stn_call(op, arguments, count, &result, 1, &results);
  if (status == 0) *out = (stn_tensor*)result.as.pointer;
  return status;
}

static void multiplies_two_matrices(void) {
  const float a[] = {1, 2, 3, 4, 5, 6}, b[] = {1, 0, 0, 1, 1, 1};
  stn_tensor *left = new_floats(a, 2, 3), *right = new_floats(b, 3, 2), *product = NULL;
  stn_value arguments[] = {tensor_value(left), tensor_value(right)};
  CHECK(call("aten::mm", "", arguments, 2, &product) == 0);
  float read[4];
  CHECK(stn_tensor_read(product, read, sizeof read) == 0);
  CHECK(read[0] == 4 && read[1] == 5 && read[2] == 10 && read[3] == 11);
  stn_info info;
  CHECK(stn_tensor_info(product, &info) == 0);
  CHECK(info.dimensions == 2 && info.sizes[0] == 2 && info.sizes[1] == 2 && info.dtype == 6 && info.contiguous);
  stn_value wrong[] = {tensor_value(left), tensor_value(left)};
  stn_tensor* none = NULL;
  CHECK(call("aten::mm", "", wrong, 2, &none) != 0 && strstr(stn_last_error(), "2x3") != NULL);
  stn_value tag[] = {tensor_value(left), {STN_INT, 0, {1}}};
  CHECK(call("aten::mm", "", tag, 2, &none) != 0 && strstr(stn_last_error(), "mat2") != NULL);
  CHECK(call("aten::mm", "", tag, 1, &none) != 0 && strstr(stn_last_error(), "missing") != NULL);
  stn_tensor_free(left);
  stn_tensor_free(right);
  stn_tensor_free(product);
}

static int released = 0;

/* y = x * x, with x saved. */
static int32_t square_forward(void* user, stn_context* context, stn_tensor* const* inputs, int32_t input_count,
                              stn_tensor** out, int32_t output_count) {
  (void)user;
  if (input_count != 1 || output_count != 1 || stn_context_save(context, inputs, 1) != 0) return 1;
  stn_value arguments[] = {tensor_value(inputs[0]), tensor_value(inputs[0])};
  return call("aten::mul", "Tensor", arguments, 2, &out[0]);
}

static int32_t square_backward(void* user, stn_context* context, stn_tensor* const* gradients, int32_t output_count,
                               stn_tensor** out, int32_t input_count) {
  (void)output_count;
  (void)input_count;
  int32_t needed = 0, beyond = 0;
  CHECK(stn_context_needs_grad(context, 0, &needed) == 0);
  CHECK(stn_context_needs_grad(context, 1, &beyond) != 0);
  if (*(int*)user != 7 || !needed) {
    stn_set_error("no gradient is wanted");
    return 1;
  }
  stn_tensor *saved = NULL, *twice = NULL;
  if (stn_context_saved(context, &saved, 1) != 0) return 1;
  stn_value add[] = {tensor_value(saved), tensor_value(saved)};
  stn_status status = call("aten::add", "Tensor", add, 2, &twice);
  stn_value multiply[] = {tensor_value(gradients[0]), tensor_value(twice)};
  if (status == 0) status = call("aten::mul", "Tensor", multiply, 2, &out[0]);
  stn_tensor_free(saved);
  stn_tensor_free(twice);
  return status;
}

static void release(void* user) {
  (void)user;
  released++;
}

static void differentiates_a_custom_function(void) {
  const float data[] = {3, -2};
  int state = 7;
  stn_tensor *x = new_floats(data, 1, 2), *y = NULL, *sum = NULL, *gradient = NULL, *none = NULL;
  stn_value require[] = {tensor_value(x), {STN_BOOL, 0, {1}}};
  CHECK(call("aten::requires_grad_", "", require, 2, &none) == 0 && none == x);
  stn_tensor_free(none);
  const stn_function function = {&state, square_forward, square_backward, release};
  CHECK(stn_custom(&function, &x, 1, &y, 1) == 0);
  stn_value total[] = {tensor_value(y)};
  CHECK(call("aten::sum", "", total, 1, &sum) == 0);
  stn_tensor* no_seed = NULL;
  CHECK(stn_backward(&sum, &no_seed, 1, 0, 0) == 0);
  CHECK(stn_grad_get(x, &gradient) == 0 && gradient != NULL);
  float read[2];
  CHECK(stn_tensor_read(gradient, read, sizeof read) == 0 && read[0] == 6 && read[1] == -4);
  stn_tensor_free(gradient);
  stn_tensor_free(sum);
  stn_tensor_free(y);
  stn_tensor_free(x);
  CHECK(released == 1);
}

static void gives_memory_back(void) {
  const int64_t sizes[] = {1000, 1000};
  stn_tensor* large = NULL;
  stn_memory memory;
  CHECK(stn_tensor_new(6, sizes, 2, NULL, 0, &large) == 0);
  CHECK(stn_memory_get(&memory, 0) == 0 && memory.in_use >= 4000000);
  stn_tensor_free(large);
  CHECK(stn_memory_get(&memory, 0) == 0 && memory.cached >= 4000000 && memory.limit > 0);
  CHECK(stn_memory_trim() == 0 && stn_memory_get(&memory, 0) == 0 && memory.cached == 0);
  CHECK(stn_memory_limit(-1) != 0);
}

static void arrives(int32_t worker, void* user) { __atomic_fetch_or((int*)user, 1 << worker, __ATOMIC_SEQ_CST); }

static void calls_back_on_every_thread(void) {
  int arrivals = 0;
  CHECK(stn_parallel_run(2, arrives, &arrivals) == 0 && arrivals == 3);
  CHECK(stn_parallel_run(0, arrives, &arrivals) == 0 && arrivals == 3);
}

static void records_only_on_cuda(void) {
  if (stn_cuda_devices() > 0) return;
  stn_graph* graph = NULL;
  CHECK(stn_graph_begin(&graph) != 0 && graph == NULL && strlen(stn_last_error()) > 0);
  CHECK(stn_cuda_own_stream(0) != 0);
}

int main(void) {
  CHECK(stn_abi_version() == STN_ABI_VERSION);
  CHECK(stn_init(2) == 0 && stn_threads_get() == 2);
  int32_t workers = 0;
  CHECK(stn_parallel_workers(&workers) == 0 && workers == 2);
  calls_back_on_every_thread();
  stn_op* op = NULL;
  CHECK(stn_op_find("aten::no_such_operator", "", &op) != 0 && strlen(stn_last_error()) > 0);
  multiplies_two_matrices();
  differentiates_a_custom_function();
  gives_memory_back();
  records_only_on_cuda();
  printf("abi_test: %d checks passed with libtorch %s\n", checks, stn_libtorch_version());
  return 0;
}
