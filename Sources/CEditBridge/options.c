#define _GNU_SOURCE
#include <wchar.h>

#include "CEditBridge.h"

int moondial_edit_set_prompt(EditLine *editor, moondial_edit_prompt prompt) {
  return el_wset(editor, EL_PROMPT, prompt);
}

int moondial_edit_set_get_character(EditLine *editor, moondial_edit_get_character function) {
  return el_wset(editor, EL_GETCFN, function);
}

int moondial_edit_add_command(
    EditLine *editor, const wchar_t *name, const wchar_t *help, moondial_edit_command function) {
  return el_wset(editor, EL_ADDFN, name, help, function);
}

int moondial_edit_bind(EditLine *editor, const wchar_t *keys, const wchar_t *command) {
  return el_wset(editor, EL_BIND, keys, command, NULL);
}

int moondial_edit_bind_alternative(EditLine *editor, const wchar_t *keys, const wchar_t *command) {
  return el_wset(editor, EL_BIND, L"-a", keys, command, NULL);
}

int moondial_edit_bind_keys(EditLine *editor, const wchar_t *keys, const wchar_t *others) {
  return el_wset(editor, EL_BIND, L"-s", keys, others, NULL);
}

int moondial_edit_bind_keys_alternative(EditLine *editor, const wchar_t *keys, const wchar_t *others) {
  return el_wset(editor, EL_BIND, L"-a", L"-s", keys, others, NULL);
}

int moondial_edit_set_keymap(EditLine *editor, const wchar_t *keymap) { return el_wset(editor, EL_EDITOR, keymap); }

bool moondial_edit_has_vi_keymap(EditLine *editor) {
  const wchar_t *name = NULL;
  return el_wget(editor, EL_EDITOR, &name) == 0 && name && wcscmp(name, L"vi") == 0;
}

int moondial_edit_set_handles_signals(EditLine *editor, bool handles) {
  return el_wset(editor, EL_SIGNAL, (int)handles);
}

int moondial_edit_set_edits(EditLine *editor, bool edits) { return el_wset(editor, EL_EDITMODE, (int)edits); }

int moondial_edit_set_history(EditLine *editor, HistoryW *history) {
  return el_wset(editor, EL_HIST, history_w, history);
}

int moondial_edit_set_client_data(EditLine *editor, void *data) { return el_wset(editor, EL_CLIENTDATA, data); }

void *moondial_edit_client_data(EditLine *editor) {
  void *data = NULL;
  return el_wget(editor, EL_CLIENTDATA, &data) == 0 ? data : NULL;
}

int moondial_edit_refresh(EditLine *editor) { return el_wset(editor, EL_REFRESH); }

// EL_GETTC exists in the narrow el_get only.

const char *moondial_edit_terminal_string(EditLine *editor, const char *name) {
  char *string = NULL;
  return el_get(editor, EL_GETTC, name, &string, NULL) == 0 ? string : NULL;
}

int moondial_history_set_limit(HistoryW *history, int limit) {
  HistEventW event;
  return history_w(history, &event, H_SETSIZE, limit);
}

int moondial_history_enter(HistoryW *history, const wchar_t *entry) {
  HistEventW event;
  return history_w(history, &event, H_ENTER, entry);
}

int moondial_edit_width(wchar_t character) { return wcwidth(character); }
