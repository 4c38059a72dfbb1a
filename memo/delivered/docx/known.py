"""Two lists: what memo writes into the parts that show words, and what cannot change a visible word.

Anything else is named to whoever asks. Each line of a list says what may stand in an element; each line of attributes
says which an element may bear besides. What properties of runs, paragraphs and tables say is judged by their values in
`memo.delivered.docx.looks`; here is only which of them may be there at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from memo.delivered.docx.xml_parts import UNKNOWN, words

_MARKS = "w:bookmarkStart w:bookmarkEnd w:ins w:del"
_INLINE = f"w:r w:hyperlink {_MARKS}"
_BLOCKS = f"w:p w:tbl {_MARKS}"

_OWN = f"""
w:document: w:body
w:body: {_BLOCKS} w:sectPr
w:hdr: {_BLOCKS}
w:ftr: {_BLOCKS}
w:footnotes: w:footnote
w:footnote: {_BLOCKS}
w:p: w:pPr {_INLINE}
w:hyperlink: {_INLINE}
w:ins: {_INLINE} w:p w:tbl
w:del: {_INLINE} w:p w:tbl
w:r: w:rPr w:t w:delText w:tab w:br w:noBreakHyphen w:softHyphen w:fldChar w:instrText w:delInstrText
w:r: w:footnoteReference w:footnoteRef w:separator w:continuationSeparator w:commentReference w:annotationRef w:drawing
w:pPr: w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:widowControl w:numPr w:pBdr w:shd w:tabs w:bidi w:spacing
w:pPr: w:contextualSpacing w:ind w:jc w:outlineLvl w:rPr
w:numPr: w:ilvl w:numId
w:pBdr: w:top w:left w:bottom w:right w:between w:bar
w:tabs: w:tab
w:rPr: w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:color w:spacing w:sz w:szCs w:u w:vertAlign w:rtl w:lang
w:rPr: w:ins w:del
w:tbl: w:tblPr w:tblGrid w:tr {_MARKS}
w:tblPr: w:tblStyle w:tblW w:jc w:tblInd w:tblBorders w:tblLayout w:tblCellMar w:tblLook w:tblCaption
w:tblPr: w:tblStyleRowBandSize w:tblStyleColBandSize
w:tblBorders: w:top w:left w:bottom w:right w:insideH w:insideV
w:tblCellMar: w:top w:left w:bottom w:right
w:tblGrid: w:gridCol
w:tr: w:trPr w:tc {_MARKS}
w:trPr: w:cantSplit w:tblHeader w:ins w:del
w:tc: w:tcPr {_BLOCKS}
w:tcPr: w:tcW w:tcBorders w:shd w:tcMar w:vAlign
w:tcBorders: w:top w:left w:bottom w:right w:insideH w:insideV
w:tcMar: w:top w:left w:bottom w:right
w:sectPr: w:headerReference w:footerReference w:pgSz w:pgMar w:titlePg w:cols
w:drawing: wp:inline
wp:inline: wp:extent wp:docPr wp:cNvGraphicFramePr a:graphic
wp:cNvGraphicFramePr: a:graphicFrameLocks
a:graphic: a:graphicData
a:graphicData: pic:pic
pic:pic: pic:nvPicPr pic:blipFill pic:spPr
pic:nvPicPr: pic:cNvPr pic:cNvPicPr
pic:blipFill: a:blip a:stretch
a:blip: a:extLst
a:extLst: a:ext
a:ext: asvg:svgBlip
a:stretch: a:fillRect
pic:spPr: a:xfrm a:prstGeom
a:xfrm: a:off a:ext
a:prstGeom: a:avLst
"""

_WRAPPED = "w:smartTag w:customXml w:sdt"
_RANGES = (
    "w:proofErr w:permStart w:permEnd w:commentRangeStart w:commentRangeEnd w:moveFrom w:moveTo w:moveFromRangeStart "
    "w:moveFromRangeEnd w:moveToRangeStart w:moveToRangeEnd"
)
_ANYWHERE = f"{_WRAPPED} {_RANGES}"

_HARMLESS = f"""
w:body: {_ANYWHERE}
w:hdr: {_ANYWHERE}
w:ftr: {_ANYWHERE}
w:footnote: {_ANYWHERE}
w:endnotes: w:endnote
w:endnote: w:p {_MARKS} {_ANYWHERE}
w:p: {_ANYWHERE} w:fldSimple
w:hyperlink: {_ANYWHERE}
w:ins: {_ANYWHERE}
w:del: {_ANYWHERE}
w:moveFrom: {_INLINE} {_BLOCKS} {_ANYWHERE}
w:moveTo: {_INLINE} {_BLOCKS} {_ANYWHERE}
w:smartTag: w:smartTagPr {_INLINE} {_ANYWHERE}
w:smartTagPr: w:attr
w:customXml: w:customXmlPr {_INLINE} {_BLOCKS} {_ANYWHERE}
w:customXmlPr: w:attr
w:sdt: w:sdtPr w:sdtEndPr w:sdtContent
w:sdtPr: w:rPr w:alias w:tag w:id w:lock w:temporary w:text w:richText w:rich w15:appearance w15:color w:docPartObj
w:sdtEndPr: w:rPr
w:docPartObj: w:docPartGallery w:docPartCategory w:docPartUnique
w:sdtContent: {_INLINE} {_BLOCKS} {_ANYWHERE} w:tr w:tc w:fldSimple
w:fldSimple: {_INLINE} {_ANYWHERE}
w:tbl: {_RANGES} w:sdt
w:tr: {_RANGES} w:sdt
w:tc: {_ANYWHERE}
w:r: w:lastRenderedPageBreak w:cr
w:pPr: w:suppressAutoHyphens w:suppressLineNumbers w:suppressOverlap w:adjustRightInd w:autoSpaceDE w:autoSpaceDN
w:pPr: w:kinsoku w:wordWrap w:overflowPunct w:topLinePunct w:textAlignment w:snapToGrid w:mirrorIndents w:divId
w:pPr: w:cnfStyle
w:pBdr: w:start w:end
w:rPr: w:noProof w:kern w:cs w:snapToGrid w14:ligatures w14:numForm w14:numSpacing w14:cntxtAlts
w:tblPr: w:tblDescription w:tblOverlap
w:tblBorders: w:start w:end
w:tblCellMar: w:start w:end
w:tcBorders: w:start w:end
w:tcMar: w:start w:end
w:tblPrEx: w:tblW w:jc w:tblInd w:tblBorders w:tblLayout w:tblCellMar w:tblLook
w:tr: w:tblPrEx
w:trPr: w:cnfStyle w:jc w:trHeight
w:tcPr: w:cnfStyle w:textDirection
w:sectPr: w:footnotePr w:endnotePr w:type w:pgNumType w:formProt w:textDirection w:docGrid w:paperSrc w:noEndnote
w:footnotePr: w:numFmt w:numStart w:numRestart w:footnote
w:endnotePr: w:numFmt w:numStart w:numRestart w:endnote
wp:inline: wp:effectExtent
wp:docPr: a:extLst
pic:cNvPr: a:extLst
pic:cNvPicPr: a:picLocks a:extLst
a:ext: a14:useLocalDpi a16:creationId
pic:spPr: a:noFill
"""

_OWN_ATTRIBUTES = """
w:br: w:type
w:bookmarkStart: w:id w:name
w:bookmarkEnd: w:id
w:hyperlink: r:id w:anchor w:history
w:ins: w:id w:author w:date
w:del: w:id w:author w:date
w:t: xml:space
w:delText: xml:space
w:instrText: xml:space
w:delInstrText: xml:space
w:fldChar: w:fldCharType
w:footnote: w:id w:type
w:footnoteReference: w:id
w:commentReference: w:id
wp:inline: distT distB distL distR
wp:extent: cx cy
wp:docPr: id name descr
pic:cNvPr: id name descr
a:graphicFrameLocks: noChangeAspect
a:graphicData: uri
a:blip: r:embed
asvg:svgBlip: r:embed
a:off: x y
a:ext: uri cx cy
a:prstGeom: prst
"""

_REVISIONS = "w:rsidR w:rsidRPr w:rsidRDefault w:rsidP w:rsidDel w:rsidTr w:rsidSect w14:paraId w14:textId"

_HARMLESS_ATTRIBUTES = f"""
w:document: mc:Ignorable w:conformance
w:hdr: mc:Ignorable
w:ftr: mc:Ignorable
w:footnotes: mc:Ignorable
w:endnotes: mc:Ignorable
w:p: {_REVISIONS}
w:r: {_REVISIONS}
w:tr: {_REVISIONS}
w:sectPr: {_REVISIONS}
w:br: w:clear
w:bookmarkStart: w:displacedByCustomXml
w:bookmarkEnd: w:displacedByCustomXml
w:hyperlink: w:tgtFrame w:rsidR
w:ins: w16du:dateUtc
w:del: w16du:dateUtc
w:moveFrom: w:id w:author w:date w16du:dateUtc
w:moveTo: w:id w:author w:date w16du:dateUtc
w:moveFromRangeStart: w:id w:name w:author w:date w16du:dateUtc
w:moveFromRangeEnd: w:id
w:moveToRangeStart: w:id w:name w:author w:date w16du:dateUtc
w:moveToRangeEnd: w:id
wp:docPr: title
pic:cNvPr: title
w:proofErr: w:type
w:permStart: w:id w:edGrp w:ed
w:permEnd: w:id
w:commentRangeStart: w:id
w:commentRangeEnd: w:id
w:smartTag: w:uri w:element
w:customXml: w:uri w:element
w:attr: w:uri w:name w:val
w:fldSimple: w:instr
w:endnote: w:id w:type
wp:inline: wp14:anchorId wp14:editId
wp:effectExtent: l t r b
pic:spPr: bwMode
a:picLocks: noChangeAspect noChangeArrowheads
a14:useLocalDpi: val
a16:creationId: id
"""

_PROPERTIES = words(
    """w:pPr w:rPr w:numPr w:pBdr w:tabs w:tblPr w:tblPrEx w:tblBorders w:tblCellMar w:trPr w:tcPr w:tcBorders w:tcMar
    w:sectPr w:sdtPr w:docPartObj w:tblGrid w:footnotePr w:endnotePr"""
)
"""Elements whose children say by their attributes how something looks: those are judged by their values."""

_IN_WORDS = MappingProxyType(
    {
        "w:txbxContent": "a text box", "w:pict": "a drawing in the old format (a text box, a watermark)",
        "w:object": "an embedded object", "wp:anchor": "a picture or text box that lies over or under the text",
        "mc:AlternateContent": "two versions of a passage, of which each program shows one",
        "w:sym": "a sign by its number in a font", "w:ruby": "letters above letters",
        "w:altChunk": "a page of another program",
        "w:subDoc": "another document within this one", "w:dataBinding": "a control that shows data from elsewhere",
        "w:showingPlcHdr": "a control that shows a placeholder", "w:endnoteReference": "an endnote",
        "w:bdo": "words made to read backwards", "w:dir": "words made to read in another direction",
        "w:framePr": "a frame", "w:vMerge": "a cell merged with one above", "w:hMerge": "a cell merged with another",
        "w:gridSpan": "a cell over several columns", "w:highlight": "highlighted words", "w:hidden": "a hidden row",
        "w:ptab": "a tab to a place on the page", "w:background": "a background of the page", "m:oMath": "a formula",
        "m:oMathPara": "a formula", "w:pgNum": "a number of a page", "w:bidiVisual": "a table from right to left",
        "w:tblpPr": "a table that stands apart from the text", "a:srcRect": "a picture of which a part is cut off",
        "w:rPrChange": "a tracked change of a format", "w:pPrChange": "a tracked change of a format",
        "w:sectPrChange": "a tracked change of the page", "w:tblPrChange": "a tracked change of a table",
        "w:trPrChange": "a tracked change of a table", "w:tcPrChange": "a tracked change of a table",
        "w:tblGridChange": "a tracked change of a table", "w:webHidden": "words hidden on the web",
        "w:effect": "words that move", "w:em": "marks of emphasis", "w:fitText": "words squeezed into a width",
        "w:position": "words raised or lowered", "w:w": "letters of another width", "w:bdr": "a border around words",
        "w:ffData": "a field of a form", "w:fldData": "data of a field",
        "w:tabOffPage": "a tab off the page",
    }
)  # fmt: skip


def _table(*lists: str) -> Mapping[str, frozenset[str]]:
    """Turn lines of lists into what each element may hold or bear."""
    table: dict[str, set[str]] = {}
    for line in "".join(lists).strip().splitlines():
        element, _, names = line.partition(": ")
        table.setdefault(element, set()).update(names.split())
    return {element: frozenset(names) for element, names in table.items()}


CHILDREN = _table(_OWN, _HARMLESS)
"""What may stand in each element."""
_ATTRIBUTES = _table(_OWN_ATTRIBUTES, _HARMLESS_ATTRIBUTES)
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def strange(parent: str, name: str, attributes: tuple[str, ...]) -> str:
    """Name an element, or one of its attributes, that is in neither list; empty where it is known.

    ``parent`` is empty for the root of a part.
    """
    if parent and name not in CHILDREN.get(parent, _NONE):
        return in_words(name)
    if parent in _PROPERTIES:
        return ""
    unknown = [attribute for attribute in attributes if attribute not in _ATTRIBUTES.get(name, _NONE)]
    if not unknown:
        return ""
    return f"'{unknown[0].removeprefix('w:')[:40]}' of an element '{name.removeprefix('w:')[:40]}'"


def in_words(name: str) -> str:
    """Name an element in plain words."""
    if name.startswith(f"{UNKNOWN}:"):
        return f"an element '{name[2:42]}' that Word does not know"
    return _IN_WORDS.get(name) or f"an element '{name.removeprefix('w:')[:40]}'"


_OWN_SETTINGS = words(
    """zoom defaultTabStop defaultTableStyle characterSpacingControl footnotePr compat themeFontLang clrSchemeMapping
    decimalSymbol listSeparator evenAndOddHeaders"""
)
_HARMLESS_SETTINGS = words(
    """writeProtection view removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries embedTrueTypeFonts
    embedSystemFonts saveSubsetFonts saveFormsData hideSpellingErrors hideGrammaticalErrors activeWritingStyle
    proofState attachedTemplate stylePaneFormatFilter stylePaneSortMethod documentType revisionView trackRevisions
    doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet
    autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength
    clickAndTypeStyle drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery
    displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin
    drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning savePreviewPicture doNotValidateAgainstSchema
    saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly
    alwaysMergeEmptyNamespace hdrShapeDefaults endnotePr rsids attachedSchema doNotIncludeSubdocsInStats
    doNotAutoCompressPictures forceUpgrade captions shapeDefaults doNotEmbedSmartTags mirrorMargins
    alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter useXSLTWhenSaving
    strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore"""
)
SETTINGS = frozenset(f"w:{name}" for name in _OWN_SETTINGS | _HARMLESS_SETTINGS)
"""Settings that change no visible word; those of namespaces of Word's own versions (w14, w15, ...) do not either."""
