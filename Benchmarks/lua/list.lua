-- Lists the workflows that a query matches.

local workflows = 0
for _ in client:list_workflows { query = arg[1] } do
  workflows = workflows + 1
end
print(workflows)
