#include "vm.h"

#include <stdlib.h>

// Out of memory cannot be reported as a Lua error: the error would have to jump over the Swift frame that pushed.
static int panic(lua_State *L) {
  const char *message = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "error value is not a string";
  lua_writestringerror("moondial: the Lua VM cannot go on: %s\n", message);
  abort();
}

static int open_libraries(lua_State *L) {
  luaL_openlibs(L);
  return 0;
}

moondial_vm *moondial_vm_new(void *owner, int wake, moondial_entry entry, moondial_release release) {
  moondial_vm *vm = calloc(1, sizeof *vm);
  if (vm == NULL) return NULL;
  lua_State *L = luaL_newstate();
  if (L == NULL) {
    free(vm);
    return NULL;
  }
  vm->state = L;
  vm->owner = owner;
  vm->wake = wake;
  vm->entry = entry;
  vm->release = release;
  lua_atpanic(L, panic);
  // lua_newthread copies the main coroutine's extra space, so every coroutine finds the VM.
  *(moondial_vm **)lua_getextraspace(L) = vm;
  lua_pushcfunction(L, open_libraries);
  if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
    moondial_vm_free(vm);
    return NULL;
  }
  return vm;
}

void moondial_vm_free(moondial_vm *vm) {
  lua_close(vm->state);
  free(vm);
}

lua_State *moondial_vm_state(moondial_vm *vm) { return vm->state; }
