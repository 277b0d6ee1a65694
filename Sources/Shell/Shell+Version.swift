import LuaRuntime
import TemporalClient

extension Shell {
  /// What `--version` prints: ours, and those of the libraries whose faults would be ours.
  public static var versionText: String {
    "moondial \(moondialVersion) (\(LuaVM.version), gRPC core \(Client.transportVersion))"
  }
}
