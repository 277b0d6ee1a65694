import Testing

@testable import LineEditor

@Suite("Secrets in entries")
struct SecretPatternsTests {
  @Test(arguments: [
    "{ basic_auth = {'me', 'x'} }", "api_key = 'x'",
    "local API_KEY=os.getenv('K')", "connect{ apiKey = \"x\" }", "c['api-key'] = x",
    "opts[\"password\"] = 'x'", "{ password: 'x' }", "set('client_secret', 'x')", "login.token(\"x\")",
    ":connect --api-key x", "h = 'Authorization: Basic x'", "headers = {['x-auth-token'] = t}",
    "rpc{meta = 'Bearer abc'}", "print('eyJhbGciOiJSUzI1NiIsImtpZCI6.eyJhY2NvdW50')", "-----BEGIN PRIVATE KEY-----",
    "x = '-----BEGIN RSA PRIVATE KEY-----'", "a = 'ghp_abcdefghijklmnop1234'", "k = 'AKIAIOSFODNN7EXAMPLE'",
    "line one\nlocal password = 'x'\nline three", "h:complete{task_token = t}",
    "codec = { endpoint = e, auth = 'x' }", "codec_auth = 'x'",
  ])
  func kept(_ entry: String) {
    #expect(SecretPatterns.matches(entry))
  }

  @Test(arguments: [
    "", "h:describe()", "client:list{query = \"WorkflowType = 'Order'\"}", "print(#tokens)", "if token == nil then end",
    "return password_of(user)", "-- bearers of news", "tokenize(text)", "local eyjafjalla = 1",
    "slovakia = 'Bratislava'", "print(token)", "for k, v in pairs(secrets) do end", "describe('secretary')",
    "author = 'me'",
  ])
  func notKept(_ entry: String) {
    #expect(!SecretPatterns.matches(entry))
  }
}
