#include "include/CStandardLibrary.h"

// #embed is C23; clang takes it in every mode, with a warning.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char check_lua[] = {
#embed "../../stdlib/check.lua"
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
static const unsigned char history_lua[] = {
#embed "../../stdlib/history.lua"
};
static const unsigned char json_lua[] = {
#embed "../../stdlib/json.lua"
};
static const unsigned char pages_lua[] = {
#embed "../../stdlib/pages.lua"
};
static const unsigned char results_lua[] = {
#embed "../../stdlib/results.lua"
};
static const unsigned char service_lua[] = {
#embed "../../stdlib/service.lua"
};
static const unsigned char temporal_lua[] = {
#embed "../../stdlib/temporal.lua"
};
static const unsigned char update_handle_lua[] = {
#embed "../../stdlib/update_handle.lua"
};
static const unsigned char workflow_handle_lua[] = {
#embed "../../stdlib/workflow_handle.lua"
};

#define MODULE(name, text) {name, text, sizeof text}

static const struct moondial_module modules[] = {
    MODULE("check", check_lua),
    MODULE("client", client_lua),
    MODULE("declare", declare_lua),
    MODULE("definition", definition_lua),
    MODULE("description", description_lua),
    MODULE("history", history_lua),
    MODULE("json", json_lua),
    MODULE("pages", pages_lua),
    MODULE("results", results_lua),
    MODULE("service", service_lua),
    MODULE("temporal", temporal_lua),
    MODULE("update_handle", update_handle_lua),
    MODULE("workflow_handle", workflow_handle_lua),
};

const struct moondial_module *const moondial_modules = modules;
const size_t moondial_modules_count = sizeof modules / sizeof *modules;
