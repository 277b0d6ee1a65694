/// The C half of the bridge to Lua: everything that may longjmp, and what Swift cannot import.
///
/// Lua raises errors with longjmp, which skips the releases, `defer` blocks and exclusivity ends of every Swift frame
/// it crosses. So Swift code never raises and never yields: a bound function returns a status, and the trampoline in
/// this target raises after Swift has returned. Swift calls Lua only through the protected calls below.
#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <malloc.h>
#include <pthread.h>

#include <lua5.4/lauxlib.h>
#include <lua5.4/lua.h>
#include <lua5.4/lualib.h>
#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// What a bound Swift function returns instead of a result count when the value on top of the stack is to be raised.
#define MOONDIAL_RAISE (-1)

/// Runs bound function number `function` of `owner`; returns a count of results, or `MOONDIAL_RAISE`.
typedef int (*moondial_entry)(void *owner, lua_State *L, int function);

/// Releases a Swift object held by a userdata.
typedef void (*moondial_release)(void *object);

/// The state of one VM that C needs at hand; every coroutine of the VM finds it in its extra space.
typedef struct moondial_vm moondial_vm;

/// Makes a VM with the standard libraries open.
///
/// - `owner`: borrowed; handed back to `entry`.
/// - `wake`: borrowed; a descriptor that an interrupt writes eight bytes to (an eventfd), so that a waiting VM wakes.
/// Returns NULL when there is no memory.
moondial_vm *_Nullable moondial_vm_new(void *owner, int wake, moondial_entry entry, moondial_release release);

/// Closes the Lua state and frees the VM.
void moondial_vm_free(moondial_vm *vm);

/// The main coroutine; borrowed.
lua_State *moondial_vm_state(moondial_vm *vm);

// MARK: Bound functions and objects

/// Pushes a C closure that calls bound function number `function`.
void moondial_push_function(lua_State *L, int function);

/// Pushes a userdata that owns `object` and has `user_values` user values and the metatable at `metatable`.
void moondial_push_object(lua_State *L, void *object, int user_values, int metatable);

/// The object of a userdata made by `moondial_push_object`; NULL for any other value. Borrowed.
void *_Nullable moondial_to_object(lua_State *L, int index);

/// Adds the `__gc` that releases an object to the table at `metatable`.
void moondial_set_finalizer(lua_State *L, int metatable);

// MARK: Protected calls

/// Calls a function with a traceback-free `lua_pcall`; the error value is on top when the status is not LUA_OK.
int moondial_pcall(lua_State *L, int arguments, int results);

/// Pushes `chunkname:line:` of the Lua code that called the running bound function.
void moondial_push_position(lua_State *L);

/// Steps through a table as `lua_next` does.
///
/// `lua_next` raises only for a key that is not in the table. The callers iterate without writing to the table, so the
/// key they pass back is always there and no error can cross their frames.
int moondial_next(lua_State *L, int index);

// MARK: Interrupts

/// Asks the VM to stop what it runs: async-signal-safe, to be called on the VM's thread or from its signal handler.
///
/// Lua code that is running is stopped by a hook (as `lua.c` does it); a waiting VM wakes by its descriptor.
void moondial_interrupt(moondial_vm *vm);

/// Makes SIGINT interrupt `vm`, and write a byte to `also_wake` unless it is negative; NULL restores the default.
///
/// Called on the VM's thread, to which the handler hands on a signal that another thread received.
void moondial_interrupt_on_sigint(moondial_vm *_Nullable vm, int also_wake);

/// The interrupts since the last call; consumes them and lets hooks go quiet.
int moondial_take_interrupts(moondial_vm *vm);

/// Sets the function that tells what an interrupt raises in the code that runs, from the top of the stack, and pops it.
///
/// It is called with the count of interrupts that were not taken yet, in the middle of that code. When it gives nil the
/// code runs on, and it is asked again.
void moondial_set_interrupt_function(lua_State *L);

/// Pushes a `coroutine.resume` that notes which coroutine runs, so that an interrupt finds it in any depth.
void moondial_push_resume(lua_State *L);

// MARK: Waking a waiting VM

/// Makes an eventfd; -1 when none is to be had. Owned by the caller.
int moondial_wake_new(void);

/// Wakes who waits on the eventfd: async-signal-safe, from any thread.
void moondial_wake_signal(int descriptor);

/// Waits for the eventfd to be signalled, for `timeout` seconds at most (negative: no limit), and takes the signal.
void moondial_wake_wait(int descriptor, double timeout);

// MARK: Macros of the Lua headers

static const int moondial_registry_index = LUA_REGISTRYINDEX;
// lua_gc is variadic.
static inline void moondial_set_collector(lua_State *L, bool on) { lua_gc(L, on ? LUA_GCRESTART : LUA_GCSTOP); }
static inline const char *moondial_lua_release(void) { return LUA_RELEASE; }
static const int moondial_raise = MOONDIAL_RAISE;

static inline void moondial_pop(lua_State *L, int count) { lua_settop(L, -count - 1); }
static inline void moondial_insert(lua_State *L, int index) { lua_rotate(L, index, 1); }
static inline void moondial_remove(lua_State *L, int index) {
  lua_rotate(L, index, -1);
  lua_settop(L, -2);
}

// MARK: What Swift's Glibc leaves out

/// Lets all threads allocate from the main heap: that of another thread grows by a page and a system call at a time.
static inline void moondial_use_one_heap(void) { mallopt(M_ARENA_MAX, 1); }

/// Names the calling thread, for debuggers and `top -H`.
static inline void moondial_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

#pragma clang assume_nonnull end
