import Glibc

/// The settings of the user's terminal: as they are for every other program, and while the editor reads keys.
struct TerminalMode {
  private let descriptor: Int32
  /// As they were when the editor was made.
  let original: termios
  /// As they are between reads, which a program that ran meanwhile may have changed.
  private var shared: termios

  /// Nil where the descriptor is no terminal.
  init?(_ descriptor: Int32) {
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { return nil }
    self.descriptor = descriptor
    original = settings
    shared = settings
  }

  /// Begins to read keys: each at once, without an echo, and with Ctrl-C and Ctrl-Z as signals.
  mutating func beginEditing() {
    _ = tcgetattr(descriptor, &shared)
    edit()
  }

  /// The same, when another program has had the terminal in the middle of a read.
  func edit() {
    var settings = shared
    settings.c_iflag &= ~tcflag_t(ICRNL | INLCR | IGNCR)
    settings.c_oflag |= tcflag_t(OPOST | ONLCR)
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO | IEXTEN | NOFLSH)
    settings.c_lflag |= tcflag_t(ISIG)
    withUnsafeMutableBytes(of: &settings.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
    set(settings)
  }

  /// Gives the terminal to other programs.
  func share() { set(shared) }

  /// Leaves the terminal as it was before the editor.
  func restore() { set(original) }

  private func set(_ settings: termios) {
    var settings = settings
    // Not TCSAFLUSH: what was typed ahead stays.
    while tcsetattr(descriptor, TCSADRAIN, &settings) != 0, errno == EINTR {}
  }
}
