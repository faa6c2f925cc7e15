#include "allocator.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/alignment.h>
#include <malloc.h>
#include <sys/mman.h>
#include <torch/version.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <mutex>
#include <new>

namespace stn {
namespace {

constexpr size_t kAlignment = 64;           // a cache line, and the widest vector
constexpr size_t kSmallest = 16 * 1024;     // below, malloc reuses memory well by itself
constexpr size_t kHugePage = 2 * 1024 * 1024;
constexpr int kStepsPerDoubling = 8;        // at most 1/8 of a block is unused
constexpr int kClasses = 48 * kStepsPerDoubling;

struct Header {  // in front of the data, one alignment wide
  size_t bytes;  // of the data
  int size_class;
  void* next;  // in a free list, which so needs no memory of its own: it must work when memory is short
};
static_assert(sizeof(Header) <= kAlignment, "the header must fit in front of the data");

struct SizeClass {
  int index;
  size_t bytes;
};

SizeClass size_class_of(size_t wanted) {
  if (wanted <= kSmallest) return {-1, wanted};
  size_t base = kSmallest;
  int doubling = 0;
  while (base * 2 < wanted) {
    base *= 2;
    doubling++;
  }
  const size_t step = base / kStepsPerDoubling;
  const size_t steps = (wanted - base + step - 1) / step;  // 1..8
  const int index = doubling * kStepsPerDoubling + static_cast<int>(steps) - 1;
  TORCH_CHECK(index < kClasses, "cannot allocate ", wanted, " bytes");
  return {index, base + steps * step};
}

class Cache {
 public:
  void* take(size_t wanted) {
    const SizeClass size = size_class_of(wanted);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (size.index >= 0 && free_[size.index] != nullptr) {
        count_use(size);
        return pop(size.index);
      }
    }
    void* data = fresh(size);
    std::lock_guard<std::mutex> lock(mutex_);
    count_use(size);  // not before: what cannot be had is not in use, and no peak
    return data;
  }

  void give(void* data) {
    if (data == nullptr) return;
    const Header header = *header_of(data);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      state_.in_use -= static_cast<int64_t>(header.bytes);
      if (header.size_class >= 0 && state_.cached + static_cast<int64_t>(header.bytes) <= state_.limit) {
        header_of(data)->next = free_[header.size_class];
        free_[header.size_class] = data;
        state_.cached += static_cast<int64_t>(header.bytes);
        return;
      }
    }
    std::free(header_of(data));
  }

  void trim(int64_t keep) {
    std::lock_guard<std::mutex> lock(mutex_);
    for (int i = kClasses - 1; i >= 0 && state_.cached > keep; i--) {
      while (free_[i] != nullptr && state_.cached > keep) std::free(header_of(pop(i)));
    }
  }

  void limit(int64_t bytes) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      state_.limit = bytes;
    }
    trim(bytes);
  }

  stn_memory state(bool reset_peak) {
    std::lock_guard<std::mutex> lock(mutex_);
    const stn_memory now = state_;
    if (reset_peak) state_.peak = state_.in_use;
    return now;
  }

 private:
  static Header* header_of(void* data) {
    return reinterpret_cast<Header*>(static_cast<char*>(data) - kAlignment);
  }

  void* pop(int size_class) {
    void* data = free_[size_class];
    free_[size_class] = header_of(data)->next;
    state_.cached -= static_cast<int64_t>(header_of(data)->bytes);
    return data;
  }

  void count_use(SizeClass size) {
    state_.in_use += static_cast<int64_t>(size.bytes);
    state_.peak = std::max(state_.peak, state_.in_use);
  }

  void* fresh(SizeClass size) {
    const size_t total = size.bytes + kAlignment;
    const size_t alignment = total >= kHugePage ? kHugePage : kAlignment;
    void* block = nullptr;
    int failure = posix_memalign(&block, alignment, total);
    if (failure != 0) {  // memory is short: what is kept for later goes first
      trim(0);
      failure = posix_memalign(&block, alignment, total);
    }
    TORCH_CHECK(failure == 0, "out of memory: cannot allocate ", size.bytes, " bytes");
    if (alignment == kHugePage) madvise(block, total, MADV_HUGEPAGE);  // advice: a refusal costs nothing
    new (block) Header{size.bytes, size.index, nullptr};
    return static_cast<char*>(block) + kAlignment;
  }

  std::mutex mutex_;
  std::array<void*, kClasses> free_{};  // the first block of each class
  stn_memory state_{0, 0, 0, sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE) / 4};
};

Cache& cache() {
  static Cache* instance = new Cache();  // tensors may outlive static destructors
  return *instance;
}

void give_back(void* data) { cache().give(data); }

class CachingAllocator final : public c10::Allocator {
 public:
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
  c10::DataPtr allocate(size_t bytes) override { return take(bytes); }
  void copy_data(void* destination, const void* source, size_t count) const override {
    default_copy_data(destination, source, count);
  }
#else
  c10::DataPtr allocate(size_t bytes) const override { return take(bytes); }
#endif
  c10::DeleterFnPtr raw_deleter() const override { return &give_back; }

 private:
  static c10::DataPtr take(size_t bytes) {
    void* data = bytes == 0 ? nullptr : cache().take(bytes);
    return {data, data, &give_back, c10::Device(c10::DeviceType::CPU)};
  }
};

}  // namespace

void install_allocator() {
  static CachingAllocator* allocator = new CachingAllocator();
  c10::SetCPUAllocator(allocator, /*priority=*/100);
}

stn_memory memory_state(bool reset_peak) { return cache().state(reset_peak); }
void set_memory_limit(int64_t bytes) {
  TORCH_CHECK(bytes >= 0, "the memory limit must be 0 or more bytes, got ", bytes);
  cache().limit(bytes);
}
void trim_memory() {
  cache().trim(0);
#ifdef __GLIBC__
  malloc_trim(0);  // free does not always: what lies between used blocks stays in the heap
#endif
}

}  // namespace stn
