#include "include/CStandardLibrary.h"

// #embed is C23; clang takes it in every mode, with a warning.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char async_lua[] = {
#embed "../../stdlib/async.lua"
};
static const unsigned char async_channel_lua[] = {
#embed "../../stdlib/async/channel.lua"
};
static const unsigned char async_scope_lua[] = {
#embed "../../stdlib/async/scope.lua"
};
static const unsigned char async_semaphore_lua[] = {
#embed "../../stdlib/async/semaphore.lua"
};
static const unsigned char check_lua[] = {
#embed "../../stdlib/check.lua"
};
static const unsigned char chunk_lua[] = {
#embed "../../stdlib/chunk.lua"
};
static const unsigned char chunk_lexer_lua[] = {
#embed "../../stdlib/chunk/lexer.lua"
};
static const unsigned char client_lua[] = {
#embed "../../stdlib/client.lua"
};
static const unsigned char declare_lua[] = {
#embed "../../stdlib/declare.lua"
};
static const unsigned char definition_lua[] = {
#embed "../../stdlib/definition.lua"
};
static const unsigned char description_lua[] = {
#embed "../../stdlib/description.lua"
};
static const unsigned char duration_lua[] = {
#embed "../../stdlib/duration.lua"
};
static const unsigned char errors_lua[] = {
#embed "../../stdlib/errors.lua"
};
static const unsigned char escape_lua[] = {
#embed "../../stdlib/escape.lua"
};
static const unsigned char help_lua[] = {
#embed "../../stdlib/help.lua"
};
static const unsigned char history_lua[] = {
#embed "../../stdlib/history.lua"
};
static const unsigned char inspect_lua[] = {
#embed "../../stdlib/inspect.lua"
};
static const unsigned char json_lua[] = {
#embed "../../stdlib/json.lua"
};
static const unsigned char loader_lua[] = {
#embed "../../stdlib/loader.lua"
};
static const unsigned char mend_lua[] = {
#embed "../../stdlib/mend.lua"
};
static const unsigned char pages_lua[] = {
#embed "../../stdlib/pages.lua"
};
static const unsigned char repl_lua[] = {
#embed "../../stdlib/repl.lua"
};
static const unsigned char results_lua[] = {
#embed "../../stdlib/results.lua"
};
static const unsigned char scheduler_lua[] = {
#embed "../../stdlib/scheduler.lua"
};
static const unsigned char scheduler_await_lua[] = {
#embed "../../stdlib/scheduler/await.lua"
};
static const unsigned char scheduler_cancel_lua[] = {
#embed "../../stdlib/scheduler/cancel.lua"
};
static const unsigned char scheduler_coroutines_lua[] = {
#embed "../../stdlib/scheduler/coroutines.lua"
};
static const unsigned char scheduler_ready_lua[] = {
#embed "../../stdlib/scheduler/ready.lua"
};
static const unsigned char scheduler_require_lua[] = {
#embed "../../stdlib/scheduler/require.lua"
};
static const unsigned char scheduler_run_lua[] = {
#embed "../../stdlib/scheduler/run.lua"
};
static const unsigned char scheduler_state_lua[] = {
#embed "../../stdlib/scheduler/state.lua"
};
static const unsigned char scheduler_task_lua[] = {
#embed "../../stdlib/scheduler/task.lua"
};
static const unsigned char scheduler_tasks_lua[] = {
#embed "../../stdlib/scheduler/tasks.lua"
};
static const unsigned char scheduler_timers_lua[] = {
#embed "../../stdlib/scheduler/timers.lua"
};
static const unsigned char service_lua[] = {
#embed "../../stdlib/service.lua"
};
static const unsigned char session_lua[] = {
#embed "../../stdlib/session.lua"
};
static const unsigned char temporal_lua[] = {
#embed "../../stdlib/temporal.lua"
};
static const unsigned char timestamp_lua[] = {
#embed "../../stdlib/timestamp.lua"
};
static const unsigned char update_handle_lua[] = {
#embed "../../stdlib/update_handle.lua"
};
static const unsigned char workflow_handle_lua[] = {
#embed "../../stdlib/workflow_handle.lua"
};

#define MODULE(name, text) {name, text, sizeof text}

static const struct moondial_module modules[] = {
    MODULE("async", async_lua),
    MODULE("async.channel", async_channel_lua),
    MODULE("async.scope", async_scope_lua),
    MODULE("async.semaphore", async_semaphore_lua),
    MODULE("check", check_lua),
    MODULE("chunk", chunk_lua),
    MODULE("chunk.lexer", chunk_lexer_lua),
    MODULE("client", client_lua),
    MODULE("declare", declare_lua),
    MODULE("definition", definition_lua),
    MODULE("description", description_lua),
    MODULE("duration", duration_lua),
    MODULE("errors", errors_lua),
    MODULE("escape", escape_lua),
    MODULE("help", help_lua),
    MODULE("history", history_lua),
    MODULE("inspect", inspect_lua),
    MODULE("json", json_lua),
    MODULE("loader", loader_lua),
    MODULE("mend", mend_lua),
    MODULE("pages", pages_lua),
    MODULE("repl", repl_lua),
    MODULE("results", results_lua),
    MODULE("scheduler", scheduler_lua),
    MODULE("scheduler.await", scheduler_await_lua),
    MODULE("scheduler.cancel", scheduler_cancel_lua),
    MODULE("scheduler.coroutines", scheduler_coroutines_lua),
    MODULE("scheduler.ready", scheduler_ready_lua),
    MODULE("scheduler.require", scheduler_require_lua),
    MODULE("scheduler.run", scheduler_run_lua),
    MODULE("scheduler.state", scheduler_state_lua),
    MODULE("scheduler.task", scheduler_task_lua),
    MODULE("scheduler.tasks", scheduler_tasks_lua),
    MODULE("scheduler.timers", scheduler_timers_lua),
    MODULE("service", service_lua),
    MODULE("session", session_lua),
    MODULE("temporal", temporal_lua),
    MODULE("timestamp", timestamp_lua),
    MODULE("update_handle", update_handle_lua),
    MODULE("workflow_handle", workflow_handle_lua),
};

const struct moondial_module *const moondial_modules = modules;
const size_t moondial_modules_count = sizeof modules / sizeof *modules;
