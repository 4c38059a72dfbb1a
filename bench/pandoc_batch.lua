-- Converts Markdown files to DOCX in one process (`pandoc lua`): what is timed as pandoc in a batch.
-- Arguments: the reference document, then Markdown files; each DOCX is written beside its source.
local reference = arg[1]
for number = 2, #arg do
  local source = assert(io.open(arg[number], "r"))
  local document = pandoc.read(source:read("a"), "markdown-smart")
  source:close()
  local target = assert(io.open((arg[number]:gsub("%.md$", ".docx")), "wb"))
  target:write(pandoc.write(document, "docx", { reference_doc = reference }))
  target:close()
end
