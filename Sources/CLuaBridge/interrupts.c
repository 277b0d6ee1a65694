#include "vm.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

// The hook looks at the interrupt every so many instructions: rarely enough that `<close>` handlers and message
// handlers of interrupted code can run, often enough that code which swallows the error is stopped again at once.
//
// A loop around a pcall would swallow it for ever, as it is always inside the pcall that the interval ends. After so many
// attempts every instruction counts, and the one behind the pcall is outside of it.
enum { hook_interval = 1000, patient_attempts = 3 };

static char interrupt_function;  // its address is the registry key

static void hook(lua_State *L, lua_Debug *activation) {
  moondial_vm *vm = vm_of(L);
  if (atomic_load(&vm->interrupts) == 0) {
    lua_sethook(L, NULL, 0, 0);
    return;
  }
  // An error in the middle of the scheduler would leave its queues half changed; it takes the interrupt by itself.
  if (lua_getinfo(L, "S", activation) && strncmp(activation->source, "=moondial", 9) == 0) return;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &interrupt_function);
  lua_pushinteger(L, atomic_load(&vm->interrupts));
  // Hooks are off meanwhile. What the function raises by itself, for want of memory, is as good an interrupt.
  if (lua_pcall(L, 1, 1, 0) == LUA_OK && lua_isnil(L, -1)) {
    lua_settop(L, -2);
    return;
  }
  vm->raised++;
  if (vm->raised > patient_attempts) lua_sethook(L, hook, LUA_MASKCOUNT, 1);
  lua_error(L);
}

static void arm(lua_State *L) { lua_sethook(L, hook, LUA_MASKCOUNT, hook_interval); }

void moondial_set_interrupt_function(lua_State *L) { lua_rawsetp(L, LUA_REGISTRYINDEX, &interrupt_function); }

void moondial_interrupt(moondial_vm *vm) {
  atomic_fetch_add(&vm->interrupts, 1);
  lua_State *running = atomic_load(&vm->running);
  if (running != NULL) arm(running);
  moondial_wake_signal(vm->wake);
}

int moondial_take_interrupts(moondial_vm *vm) {
  vm->raised = 0;
  return atomic_exchange(&vm->interrupts, 0);
}

static int resume(lua_State *L) {
  lua_State *coroutine = lua_tothread(L, 1);
  if (coroutine == NULL) return luaL_typeerror(L, 1, "coroutine");
  int arguments = lua_gettop(L) - 1;
  // The same refusals as coroutine.resume's, in its words.
  if (!lua_checkstack(coroutine, arguments)) {
    lua_pushboolean(L, 0);
    lua_pushliteral(L, "too many arguments to resume");
    return 2;
  }
  moondial_vm *vm = vm_of(L);
  lua_State *outer = atomic_load(&vm->running);
  lua_xmove(L, coroutine, arguments);
  atomic_store(&vm->running, coroutine);
  if (atomic_load(&vm->interrupts) != 0) arm(coroutine);
  int results = 0;
  int status = lua_resume(coroutine, L, arguments, &results);
  atomic_store(&vm->running, outer);
  if (outer != NULL && atomic_load(&vm->interrupts) != 0) arm(outer);
  if (status != LUA_OK && status != LUA_YIELD) {
    // In this order, as a coroutine that resumes itself finds the message on its own stack.
    lua_xmove(coroutine, L, 1);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
  }
  if (!lua_checkstack(L, results + 1)) {
    lua_settop(coroutine, -results - 1);
    lua_pushboolean(L, 0);
    lua_pushliteral(L, "too many results to resume");
    return 2;
  }
  lua_xmove(coroutine, L, results);
  lua_pushboolean(L, 1);
  lua_insert(L, -(results + 1));
  return results + 1;
}

void moondial_push_resume(lua_State *L) { lua_pushcfunction(L, resume); }

// Set before the handler is installed and read by it alone; the process has one VM that answers Ctrl-C.
static _Atomic(moondial_vm *) signalled_vm;
static pthread_t signalled_thread;
static atomic_int signalled_descriptor;

// Code in C, such as a pattern that backtracks for ever, sees no interrupt. Who insists ends the process.
enum { deaf_interrupts = 3 };

static void on_sigint(int signal) {
  // The kernel picks any thread; only on the VM's own does nothing run in the VM meanwhile.
  if (!pthread_equal(pthread_self(), signalled_thread)) {
    pthread_kill(signalled_thread, signal);
    return;
  }
  int saved = errno;
  moondial_vm *vm = atomic_load(&signalled_vm);
  if (vm != NULL && atomic_load(&vm->interrupts) >= deaf_interrupts) {
    struct sigaction fatal = {.sa_handler = SIG_DFL};
    sigaction(SIGINT, &fatal, NULL);
    // It comes when this handler returns, and reaches the whole process.
    kill(getpid(), SIGINT);
    return;
  }
  if (vm != NULL) moondial_interrupt(vm);
  int descriptor = atomic_load(&signalled_descriptor);
  if (descriptor >= 0) {
    ssize_t written = write(descriptor, "c", 1);
    (void)written;
  }
  errno = saved;
}

void moondial_interrupt_on_sigint(moondial_vm *vm, int also_wake) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  if (vm == NULL) {
    action.sa_handler = SIG_DFL;
    sigaction(SIGINT, &action, NULL);
    atomic_store(&signalled_vm, NULL);
    return;
  }
  signalled_thread = pthread_self();
  atomic_store(&signalled_descriptor, also_wake);
  atomic_store(&signalled_vm, vm);
  // Without SA_RESTART: a script that reads its input gets to see the interrupt.
  action.sa_handler = on_sigint;
  sigaction(SIGINT, &action, NULL);
}
