/// What the files of this target share.
#pragma once

#include "include/CLuaBridge.h"

#include <stdatomic.h>

struct moondial_vm {
  lua_State *state;          // owned
  void *owner;               // borrowed: the Swift VM
  int wake;                  // borrowed: an eventfd
  moondial_entry entry;
  moondial_release release;
  _Atomic(lua_State *) running;  // the coroutine that runs scripts' code now; NULL while the scheduler itself runs
  atomic_int interrupts;         // since they were last taken
  int raised;                    // how often they were raised since then; the VM's thread alone knows
};

static inline moondial_vm *vm_of(lua_State *L) { return *(moondial_vm **)lua_getextraspace(L); }
