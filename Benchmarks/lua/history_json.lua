-- Writes a history as JSON.

io.write(client:get_workflow_handle(arg[1]):fetch_history():to_json())
