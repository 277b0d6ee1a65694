/// What Swift cannot say to libedit itself: its option calls are variadic, its output is a C stream, and signal handlers
/// have to be C.
///
/// One function per option, nothing decided here. Everything takes the editor as borrowed, and may be called only from
/// the one thread that uses the editor.
#pragma once

// No _GNU_SOURCE: with it libc declares fd_set otherwise than in Swift's own Glibc module, and a Swift file that imports
// both does not compile.
#include <histedit.h>
#include <stdbool.h>
#include <stdio.h>

#pragma clang assume_nonnull begin

// MARK: Options

/// Returns the text of the prompt. Borrowed by libedit until the next call of the same function.
typedef wchar_t *_Nonnull (*moondial_edit_prompt)(EditLine *editor);

/// Stores the next character; returns 1, or 0 at the end of input, or -1 to leave `el_wgets`.
typedef int (*moondial_edit_get_character)(EditLine *editor, wchar_t *out);

/// Runs for a key bound to the function's name; returns a `CC_` code.
typedef unsigned char (*moondial_edit_command)(EditLine *editor, int character);

/// `EL_PROMPT`.
int moondial_edit_set_prompt(EditLine *editor, moondial_edit_prompt prompt);

/// `EL_GETCFN`.
int moondial_edit_set_get_character(EditLine *editor, moondial_edit_get_character function);

/// `EL_ADDFN`. `name` and `help` are borrowed for as long as the editor lives: libedit keeps the pointers.
int moondial_edit_add_command(
    EditLine *editor, const wchar_t *name, const wchar_t *help, moondial_edit_command function);

/// `EL_BIND` in the main key map. The command must exist: libedit does not undo a half-made binding.
int moondial_edit_bind(EditLine *editor, const wchar_t *keys, const wchar_t *command);

/// The same in the alternative key map: vi's command mode.
int moondial_edit_bind_alternative(EditLine *editor, const wchar_t *keys, const wchar_t *command);

/// `EL_BIND` with `-s`: the keys stand for other keys.
int moondial_edit_bind_keys(EditLine *editor, const wchar_t *keys, const wchar_t *others);

/// The same in the alternative key map.
int moondial_edit_bind_keys_alternative(EditLine *editor, const wchar_t *keys, const wchar_t *others);

/// `EL_EDITOR`: "emacs" or "vi". Forgets all bindings.
int moondial_edit_set_keymap(EditLine *editor, const wchar_t *keymap);

/// Whether the key maps are vi's.
bool moondial_edit_has_vi_keymap(EditLine *editor);

/// `EL_SIGNAL`.
int moondial_edit_set_handles_signals(EditLine *editor, bool handles);

/// `EL_EDITMODE`.
int moondial_edit_set_edits(EditLine *editor, bool edits);

/// `EL_HIST`. `history` is borrowed until the editor ends.
int moondial_edit_set_history(EditLine *editor, HistoryW *history);

/// `EL_CLIENTDATA`. `data` is borrowed.
int moondial_edit_set_client_data(EditLine *editor, void *data);

/// The borrowed pointer set last, or NULL.
void *_Nullable moondial_edit_client_data(EditLine *editor);

/// `EL_REFRESH`: draws prompt and buffer anew, from the line on which the cursor is.
int moondial_edit_refresh(EditLine *editor);

/// `EL_GETTC` for a string; borrowed, NULL where the terminal cannot do it.
const char *_Nullable moondial_edit_terminal_string(EditLine *editor, const char *name);

// MARK: Output

/// `openpty`, which Swift's Glibc module does not have. Both ends are owned by the caller, and closed by an exec; `errno`
/// says why there are none.
bool moondial_edit_open_terminal(int *master, int *slave);

/// What libedit's output goes to.
typedef struct {
  /// Borrowed.
  int descriptor;
  /// Whether anything is written to it; if not, it is dropped.
  bool shows;
  /// Set when a BEL came by.
  bool beeped;
} moondial_edit_sink;

/// A stream to `sink`, which is borrowed until it is closed with `fclose`.
FILE *_Nullable moondial_edit_open_sink(moondial_edit_sink *sink);

// MARK: History

/// `H_SETSIZE`.
int moondial_history_set_limit(HistoryW *history, int limit);

/// `H_ENTER`. `entry` is copied.
int moondial_history_enter(HistoryW *history, const wchar_t *entry);

// MARK: Screen

/// `wcwidth`, which libc declares for _XOPEN_SOURCE only: columns of a character, -1 for one that cannot be shown.
int moondial_edit_width(wchar_t character);

// MARK: Signals

/// From now on SIGWINCH, SIGTSTP, SIGCONT, SIGTERM and SIGHUP write their number as one byte to `descriptor`.
///
/// A signal that the process was told to ignore (a shell without job control does that with SIGTSTP) stays ignored.
/// `descriptor` is borrowed and must not block.
void moondial_edit_watch_signals(int descriptor);

/// Puts the handlers back that were there before.
void moondial_edit_unwatch_signals(void);

// MARK: Streams

/// Takes what a stream of C's writes.
typedef void (*moondial_edit_write)(void *context, const char *bytes, size_t count);

/// Makes `stdout` and `stderr` streams that write by `write`, line by line. To be called once, before other threads use
/// them; `context` is borrowed for as long as the process lives. Returns false, and changes nothing, without memory.
bool moondial_edit_route_streams(void *context, moondial_edit_write write);

#pragma clang assume_nonnull end
