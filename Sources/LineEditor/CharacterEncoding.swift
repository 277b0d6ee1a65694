import Glibc

/// The character encoding of the process.
enum CharacterEncoding {
  /// Makes the C library take and give UTF-8, also where the environment says C or POSIX.
  ///
  /// libedit asks the locale which characters are printable and how wide they are, and drops what is not ASCII in the
  /// C locale. Only `LC_CTYPE` changes: a Lua number must not get a decimal comma.
  static func useUTF8() {
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" {
      setlocale(LC_CTYPE, "C.UTF-8")
    }
  }
}
