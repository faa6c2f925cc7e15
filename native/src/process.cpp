// What concerns the whole process: errors, threads, memory, seeds, devices.
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/cuda.h>
#include <torch/utils.h>
#include <torch/version.h>

#include <mutex>
#include <set>
#include <thread>

#include "allocator.h"
#include "guard.h"

extern "C" __attribute__((weak)) char* openblas_get_corename(void);

namespace stn {

static thread_local std::string last_error;

void set_error(const std::string& text) { last_error = text; }

}  // namespace stn

int32_t stn_abi_version(void) { return STN_ABI_VERSION; }
const char* stn_last_error(void) { return stn::last_error.c_str(); }
void stn_set_error(const char* text) { stn::set_error(text == nullptr ? "" : text); }
const char* stn_libtorch_version(void) { return TORCH_VERSION; }

const char* stn_blas_core(void) { return openblas_get_corename == nullptr ? nullptr : openblas_get_corename(); }

stn_status stn_init(int32_t threads) {
  return stn::guard([&] {
    // libtorch collects and names every frame of the stack for an error: 2 ms each, of no use to a caller in C#.
    c10::SetStackTraceFetcher([]() -> std::string { return {}; });
    stn::install_allocator();
    at::globalContext().setBenchmarkCuDNN(true);  // on CUDA: a network's shapes come again with every step, so search once
    at::set_num_threads(threads);
  });
}

stn_status stn_threads_set(int32_t threads) {
  return stn::guard([&] {
    TORCH_CHECK(threads >= 1, "the number of threads must be 1 or more, got ", threads);
    at::set_num_threads(threads);
  });
}

int32_t stn_threads_get(void) { return at::get_num_threads(); }

stn_status stn_parallel_workers(int32_t* out) {
  return stn::guard([&] {
    std::mutex mutex;
    std::set<std::thread::id> seen;
    const int threads = at::get_num_threads();
    at::parallel_for(0, threads, 1, [&](int64_t, int64_t) {
      std::lock_guard<std::mutex> lock(mutex);
      seen.insert(std::this_thread::get_id());
    });
    *out = static_cast<int32_t>(seen.size());
  });
}

stn_status stn_parallel_run(int32_t workers, void (*work)(int32_t worker, void* user), void* user) {
  return stn::guard([&] { at::parallel_for(0, workers, 1, [&](int64_t first, int64_t) { work(static_cast<int32_t>(first), user); }); });
}

stn_status stn_seed(uint64_t seed) {
  return stn::guard([&] { torch::manual_seed(seed); });
}

stn_status stn_describe(char* buffer, int32_t capacity) {
  return stn::guard([&] { stn::copy_text(at::show_config() + "\n" + at::get_parallel_info(), buffer, capacity); });
}

int32_t stn_cuda_devices(void) { return torch::cuda::is_available() ? static_cast<int32_t>(torch::cuda::device_count()) : 0; }

stn_status stn_cuda_synchronize(void) {
  return stn::guard([] { torch::cuda::synchronize(); });
}

stn_status stn_memory_get(stn_memory* out, int32_t reset_peak) {
  return stn::guard([&] { *out = stn::memory_state(reset_peak != 0); });
}

stn_status stn_memory_limit(int64_t bytes) {
  return stn::guard([&] { stn::set_memory_limit(bytes); });
}

stn_status stn_memory_trim(void) {
  return stn::guard([] { stn::trim_memory(); });
}
