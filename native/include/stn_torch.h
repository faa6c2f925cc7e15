/* libtorch behind C: the whole contract between native/ and Stn.Torch.
 *
 * One idea keeps it small: the boxed call. stn_call runs any ATen operator by its schema; the schema checks the
 * arguments and fills in the defaults, so the same source serves libtorch 1.13 to 2.x with no code per operator.
 *
 * Conventions. Every function that can fail returns a stn_status: 0 is success, anything else has its text in
 * stn_last_error(), per thread, until the next failure. Results come last. A tensor handle owns one reference and is
 * freed by stn_tensor_free; handles passed in are borrowed, handles passed out are the caller's. Nothing throws. */
#ifndef STN_TORCH_H
#define STN_TORCH_H

#include <stdint.h>

#if defined(_WIN32)
#define STN_API __declspec(dllexport)
#else
#define STN_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define STN_ABI_VERSION 7

typedef int32_t stn_status;
typedef struct stn_tensor stn_tensor;   /* a tensor of libtorch */
typedef struct stn_op stn_op;           /* an operator with its schema; lives as long as the process */
typedef struct stn_graph stn_graph;     /* recorded CUDA work */
typedef struct stn_context stn_context; /* what a custom function keeps from forward to backward */

/* What an stn_value holds, and the C type behind it. Lists are {pointer, count}. */
enum {
  STN_NONE = 0,    /* no argument: the schema's None */
  STN_TENSOR = 1,  /* stn_tensor* */
  STN_INT = 2,     /* int64_t; dtype, layout and memory format as their codes */
  STN_REAL = 3,    /* double */
  STN_BOOL = 4,    /* int64_t, 0 or 1 */
  STN_INTS = 5,    /* const int64_t* */
  STN_REALS = 6,   /* const double* */
  STN_TENSORS = 7, /* stn_tensor* const*; a null entry is "no tensor" where the schema allows it */
  STN_STRING = 8,  /* const char*, count bytes of UTF-8 */
  STN_DEVICE = 9   /* const char*, count bytes: "cpu", "cuda:0" */
};

typedef struct {
  int32_t tag;
  int32_t count;
  union {
    int64_t integer;
    double real;
    const void* pointer;
  } as;
} stn_value;

typedef struct {
  int32_t dtype; /* ScalarType code */
  int32_t dimensions;
  int32_t requires_grad;
  int32_t contiguous;
  int32_t cuda_device; /* -1 on the CPU */
  int32_t reserved;
  int64_t elements;
  const int64_t* sizes; /* valid while the tensor lives and is not resized */
  const int64_t* strides; /* null when the tensor has no strided memory of its own */
  void* data;             /* null when the memory cannot be addressed from here */
} stn_info;

typedef struct {
  int64_t in_use; /* bytes of CPU tensors alive */
  int64_t peak;   /* the largest in_use so far, or since the last reset */
  int64_t cached; /* bytes kept for reuse */
  int64_t limit;  /* the most that is kept */
} stn_memory;

/* Process */
STN_API int32_t stn_abi_version(void);
STN_API const char* stn_last_error(void);
STN_API void stn_set_error(const char* text); /* for callbacks that fail */
STN_API const char* stn_libtorch_version(void);
STN_API const char* stn_blas_core(void); /* the processor that OpenBLAS takes this one for; null with another BLAS */
STN_API stn_status stn_init(int32_t threads); /* threads, caching allocator, short errors, cuDNN's search; the first call of a process */
STN_API stn_status stn_threads_set(int32_t threads);
STN_API int32_t stn_threads_get(void);
STN_API stn_status stn_parallel_workers(int32_t* out); /* how many threads a parallel region really runs on */
/* Calls work(its number, user) on so many of libtorch's threads at once, on fewer where it has fewer or is inside such a call already. */
STN_API stn_status stn_parallel_run(int32_t workers, void (*work)(int32_t worker, void* user), void* user);
STN_API stn_status stn_seed(uint64_t seed);
STN_API stn_status stn_describe(char* buffer, int32_t capacity); /* libtorch's own build and thread report */
STN_API int32_t stn_cuda_devices(void);
STN_API stn_status stn_cuda_synchronize(void);
STN_API stn_status stn_memory_get(stn_memory* out, int32_t reset_peak);
STN_API stn_status stn_memory_limit(int64_t bytes);
STN_API stn_status stn_memory_trim(void); /* gives all cached memory back */

/* CUDA graphs; all of them fail where libtorch has no CUDA */
STN_API stn_status stn_cuda_own_stream(int32_t device); /* this thread's CUDA work goes there from now on: the default stream cannot be recorded */
STN_API stn_status stn_graph_begin(stn_graph** out);    /* from here on CUDA work of this thread is recorded, not done */
STN_API stn_status stn_graph_end(stn_graph* graph);     /* also after a failure, before anything else is done with CUDA */
STN_API stn_status stn_graph_replay(stn_graph* graph);  /* does the recorded work, on the memory that it was recorded with */
STN_API void stn_graph_free(stn_graph* graph);

/* Operators */
STN_API stn_status stn_op_find(const char* name, const char* overload, stn_op** out);
STN_API stn_status stn_op_schema(const stn_op* op, char* buffer, int32_t capacity);
STN_API stn_status stn_call(const stn_op* op, const stn_value* arguments, int32_t count, stn_value* results,
                            int32_t capacity, int32_t* result_count); /* capacity 0: results are dropped */
STN_API void stn_list_free(const void* list); /* a list inside a result; not the tensors in it */

/* Tensors */
STN_API stn_status stn_tensor_new(int32_t dtype, const int64_t* sizes, int32_t dimensions, const void* data,
                                  int64_t bytes, stn_tensor** out); /* on the CPU; copies data, or leaves it unset if null */
/* On the CPU, of memory that is the caller's: it must stay where it is until release(user), called once, also on failure. */
STN_API stn_status stn_tensor_wrap(int32_t dtype, const int64_t* sizes, int32_t dimensions, void* data,
                                   void (*release)(void* user), void* user, stn_tensor** out);
STN_API stn_status stn_tensor_info(const stn_tensor* tensor, stn_info* out);
STN_API stn_status stn_tensor_read(const stn_tensor* tensor, void* data, int64_t bytes); /* in C order, from any device */
/* Tells autograd that tensors were written to behind its back. */
STN_API stn_status stn_tensors_changed(stn_tensor* const* tensors, int32_t count);
STN_API stn_status stn_tensor_version(const stn_tensor* tensor, int64_t* out); /* another one after each change */
STN_API stn_status stn_tensor_retain(stn_tensor* tensor, stn_tensor** out);
STN_API void stn_tensor_free(stn_tensor* tensor);

/* Autograd */
STN_API int32_t stn_grad_mode_get(void);
STN_API void stn_grad_mode_set(int32_t enabled); /* of this thread */
STN_API stn_status stn_grad_get(const stn_tensor* tensor, stn_tensor** out); /* null when there is none */
STN_API stn_status stn_grad_set(stn_tensor* tensor, const stn_tensor* gradient);
STN_API stn_status stn_backward(stn_tensor* const* outputs, stn_tensor* const* gradients, int32_t count,
                                int32_t retain_graph, int32_t create_graph);
STN_API stn_status stn_grad(stn_tensor* const* outputs, stn_tensor* const* gradients, int32_t output_count,
                            stn_tensor* const* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph,
                            int32_t allow_unused, stn_tensor** out);

/* Custom functions. A callback returns 0, or another value after stn_set_error. Inputs are borrowed; the outputs it
 * writes are handed over. In backward, gradients holds one entry per output of forward, and out takes one entry per
 * input, null where no gradient is wanted. release is called once, when the graph lets go of the function. */
typedef struct {
  void* user;
  int32_t (*forward)(void* user, stn_context* context, stn_tensor* const* inputs, int32_t input_count,
                     stn_tensor** out, int32_t output_count);
  int32_t (*backward)(void* user, stn_context* context, stn_tensor* const* gradients, int32_t output_count,
                      stn_tensor** out, int32_t input_count);
  void (*release)(void* user);
} stn_function;

STN_API stn_status stn_custom(const stn_function* function, stn_tensor* const* inputs, int32_t input_count,
                              stn_tensor** out, int32_t output_count);
STN_API stn_status stn_context_save(stn_context* context, stn_tensor* const* tensors, int32_t count);
STN_API stn_status stn_context_saved(const stn_context* context, stn_tensor** out, int32_t count);
STN_API stn_status stn_context_needs_grad(const stn_context* context, int32_t input, int32_t* out); /* in backward */

#ifdef __cplusplus
}
#endif
#endif
