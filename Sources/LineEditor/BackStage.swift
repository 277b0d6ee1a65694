import CEditBridge
import CLibedit
import Glibc

/// A pseudo-terminal that nobody sees, which libedit takes for its own.
///
/// libedit keeps a picture of the screen, also when what it draws is dropped, and gets it wrong where the text does not
/// fit: it lets its cursor go one row too far (`terminal_move_to_line`), and writes there. The size of this terminal is
/// ours to choose, so that everything fits. libedit has no other way to be told one.
final class BackStage {
  /// The end that libedit gets.
  let descriptor: Int32
  private let master: Int32
  private(set) var size = (columns: 0, rows: 0)

  /// - Parameter settings: those of the user's terminal, whose special characters libedit binds.
  init(settings: termios) throws(LineEditorError) {
    var ends: (master: Int32, slave: Int32) = (-1, -1)
    guard moondial_edit_open_terminal(&ends.master, &ends.slave) else { throw .system(call: "openpty", errno: errno) }
    (master, descriptor) = ends
    var settings = settings
    tcsetattr(descriptor, TCSANOW, &settings)
  }

  deinit {
    close(descriptor)
    close(master)
  }

  /// Makes it as large as this, and tells `editor`.
  func resize(columns: Int, rows: Int, for editor: OpaquePointer) {
    size = (columns, rows)
    var size = winsize(ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
    el_resize(editor)
  }
}
