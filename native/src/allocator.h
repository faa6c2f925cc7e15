// A caching allocator for CPU tensors. glibc returns every large block to the kernel and pays for its pages again on the
// next step: a third of a training step's time. This one keeps blocks, on every thread, up to a bound, and gives them
// back on demand.
#pragma once

#include "stn_torch.h"

namespace stn {

void install_allocator();
stn_memory memory_state(bool reset_peak);
void set_memory_limit(int64_t bytes);
void trim_memory();

}  // namespace stn
