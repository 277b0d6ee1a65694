#include "vm.h"

// The only lua_CFunction through which Lua reaches Swift.
static int trampoline(lua_State *L) {
  moondial_vm *vm = vm_of(L);
  int results = vm->entry(vm->owner, L, (int)lua_tointeger(L, lua_upvalueindex(1)));
  if (results == MOONDIAL_RAISE) return lua_error(L);  // Swift has returned: the jump crosses this frame alone
  return results;
}

void moondial_push_function(lua_State *L, int function) {
  lua_pushinteger(L, function);
  lua_pushcclosure(L, trampoline, 1);
}

// Runs for an explicit call of the metamethod, too, so it forgets the object that it released.
static int finalize(lua_State *L) {
  void **slot = moondial_to_object(L, 1) == NULL ? NULL : lua_touserdata(L, 1);
  if (slot != NULL) {
    void *object = *slot;
    *slot = NULL;
    vm_of(L)->release(object);
  }
  return 0;
}

void moondial_set_finalizer(lua_State *L, int metatable) {
  int table = lua_absindex(L, metatable);
  lua_pushliteral(L, "__gc");
  lua_pushcfunction(L, finalize);
  lua_rawset(L, table);
}

void moondial_push_object(lua_State *L, void *object, int user_values, int metatable) {
  int table = lua_absindex(L, metatable);
  void **slot = lua_newuserdatauv(L, sizeof *slot, user_values);
  *slot = object;
  lua_pushvalue(L, table);
  lua_setmetatable(L, -2);
}

// A userdata is ours exactly when its metatable carries our finalizer: `io` files and others keep out.
void *moondial_to_object(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return NULL;
  lua_pushliteral(L, "__gc");
  lua_rawget(L, -2);
  bool ours = lua_tocfunction(L, -1) == finalize;
  lua_settop(L, -3);
  return ours ? *(void **)lua_touserdata(L, index) : NULL;
}

int moondial_pcall(lua_State *L, int arguments, int results) { return lua_pcall(L, arguments, results, 0); }

void moondial_push_position(lua_State *L) { luaL_where(L, 1); }

int moondial_next(lua_State *L, int index) { return lua_next(L, index); }
