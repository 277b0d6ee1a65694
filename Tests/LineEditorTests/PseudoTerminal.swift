import Glibc
import Testing

/// A terminal without a screen, for what can be shown in one process.
final class PseudoTerminal: Sendable {
  let master: Int32
  let slave: Int32

  init() throws {
    // What posix_openpt, unlockpt and ptsname do, which Swift's Glibc module does not have.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var unlocked: Int32 = 0
    var number: Int32 = -1
    try #require(ioctl(master, 0x4004_5431 /* TIOCSPTLCK */, &unlocked) == 0)
    try #require(ioctl(master, 0x8004_5430 /* TIOCGPTN */, &number) == 0)
    slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    try #require(slave >= 0)
  }

  deinit {
    close(slave)
    close(master)
  }

  /// Presses keys.
  func type(_ text: String) { write(master, text, text.utf8.count) }

  /// What was shown, read until `end` has been.
  func output(through end: String) -> String {
    var shown: [UInt8] = []
    var byte: UInt8 = 0
    while !shown.suffix(end.utf8.count).elementsEqual(end.utf8), read(master, &byte, 1) == 1 { shown.append(byte) }
    return String(decoding: shown, as: UTF8.self)
  }

  var settings: [UInt32] {
    var settings = termios()
    tcgetattr(slave, &settings)
    return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
  }
}
