-- Converts Markdown files to DOCX in one process (`pandoc lua`): what is timed as pandoc in a batch.
-- Arguments: the reference document, and a file that names Markdown files, one a line; each DOCX is written beside its
-- source. (Named as arguments themselves, a hundred or more crash pandoc 3.9 before it begins.)
local reference = arg[1]
for name in io.lines(arg[2]) do
  local source = assert(io.open(name, "r"))
  local document = pandoc.read(source:read("a"), "markdown-smart")
  source:close()
  local target = assert(io.open((name:gsub("%.md$", ".docx")), "wb"))
  target:write(pandoc.write(document, "docx", { reference_doc = reference }))
  target:close()
end
