// CUDA work recorded once and replayed with one call: the many small operators of a small network cost more to launch than to run.
#include "guard.h"

#ifdef STN_CUDA

#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAStream.h>
#include <torch/cuda.h>

#include <memory>

struct stn_graph {
  at::cuda::CUDAGraph graph;
};

stn_status stn_cuda_own_stream(int32_t device) {
  return stn::guard([&] {
    torch::cuda::synchronize();  // streams of the pool do not wait for the default one
    c10::cuda::setCurrentCUDAStream(c10::cuda::getStreamFromPool(false, static_cast<c10::DeviceIndex>(device)));
  });
}

stn_status stn_graph_begin(stn_graph** out) {
  return stn::guard([&] {
    torch::cuda::synchronize();
    auto graph = std::make_unique<stn_graph>();
    graph->graph.capture_begin();
    *out = graph.release();
  });
}

stn_status stn_graph_end(stn_graph* graph) {
  return stn::guard([&] { graph->graph.capture_end(); });
}

stn_status stn_graph_replay(stn_graph* graph) {
  return stn::guard([&] { graph->graph.replay(); });
}

void stn_graph_free(stn_graph* graph) {
  stn::guard([&] { delete graph; });
}

#else

namespace {

stn_status without_cuda() {
  stn::set_error("this libtorch was built without CUDA");
  return 1;
}

}  // namespace

stn_status stn_cuda_own_stream(int32_t) { return without_cuda(); }
stn_status stn_graph_begin(stn_graph**) { return without_cuda(); }
stn_status stn_graph_end(stn_graph*) { return without_cuda(); }
stn_status stn_graph_replay(stn_graph*) { return without_cuda(); }
void stn_graph_free(stn_graph*) {}

#endif
