#include "CConfiguration.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <exception>
#include <sstream>
#include <string>
#include <string_view>
#include <toml++/toml.h>

namespace {

char *copy(const std::string &text) { return strndup(text.data(), text.size()); }

}  // namespace

// No exception may leave: the caller is not C++.
moondial_toml_result moondial_toml_to_json(const char *text, size_t length) {
  try {
    const toml::table table = toml::parse(std::string_view(text, length));
    std::ostringstream json;
    json << toml::json_formatter(table);
    return {copy(json.str()), nullptr};
  } catch (const toml::parse_error &error) {
    const std::string place = " in line " + std::to_string(error.source().begin.line);
    return {nullptr, copy(std::string(error.description()) + place)};
  } catch (const std::exception &error) {
    return {nullptr, strdup(error.what())};
  }
}

char **moondial_environment(void) { return environ; }
