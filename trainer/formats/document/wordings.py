"""The wordings by which documents name things: data for `labels.py` and `outline.py`.

Each line is a regular expression. In those of labels ASKER stands for "interviewers", "they" and the like, THIS for
"this question", GOOD for "a strong".
"""

ASKER = (
    r"(?:the |an? |your |hiring |potential )*(?:interviewers?|employers?|recruiters?|managers?|companies|they|we|you|i)"
)
THIS = r"(?: (?:this|that|the|these|it)(?: interview)? ?(?:questions?)?)?"
GOOD = r"(?:a |an |the |your )?(?:good|great|strong|ideal|excellent|best|better|perfect|winning|effective|outstanding)"

FOLLOW_UP = (
    r"((possible|common|likely|good|sample|potential|optional|suggested) )*(follow[ -]?ups?( questions?)?|"
    r"prob(es|ing questions?)|(dig|probe|go) (deeper|further)|clarifying questions|related questions|next "
    r"questions?|additional questions?|deeper questions)( (to ask|you (may|might|could) .*))?",
)
"""Questions that come next."""

POINT = (
    r"(the |key |main |important |some )*(areas|points|topics|things|aspects|elements|items)( (to|you should|"
    r"worth|that|for|of) .*)",
    r"key (points?|takeaways?|elements|ideas|aspects)",
    r"good to hear",
    r"what (to|ASKER)( should| want to| really|'re|’re| are| is)*( be)? (look|listen|watch|hear)(ing|s)?( "
    r"out)?( for)?( in .*| here)?",
    r"(look|listen|watch)(ing)?( out)? for",
    r"green flags?",
    r"positive (signs|signals|indicators)",
    r"good signs?",
    r"(signs|signals) of GOOD (answers?|responses?|candidates?)",
    r"what (makes )?GOOD (answers?|responses?|candidates?|one)( .*)?",
    r"GOOD (answers?|responses?|candidates?) (should|will|would|may|might|must|can|covers?|includes?|"
    r"mentions?|shows?).*",
    r"(evaluation|assessment|success|scoring|grading) criteria",
    r"checklist",
    r"talking points",
    r"explore tips",
    r"must[ -]haves?",
    r"expected points",
    r"what to (cover|include|mention|say|touch on)",
    r"points?",
    r"(answers?|responses?) should .*",
)
"""What a good answer covers."""

WHY = (
    r"why ASKER( (might|may|will|would|always|often|usually|typically|likely))? ?(ask|asks|asked|are asking|"
    r"care|cares)(THIS| .*)",
    r"why (is |are )?(it|this|that|the|these)('s|’s)?( question| one)?('s|’s)? ?(is |are |being |gets |really "
    r")*(asked|matters?|important|works?|good|comes up)( .*)?",
    r"why ask( .*)?",
    r"why to ask( .*)?",
    r"why it matters",
    r"what (this|that|the|it)( question)?('s|’s)? ?(really |is |are )*(tests?|testing|assess(es|ing)?|"
    r"evaluat(es?|ing)|reveals?|measur(es?|ing)|asking|shows?|tells you|about|for|probes?)( .*)?",
    r"what (does|do|is|are) (this|these|the)( questions?)? (test|reveal|assess|tell( you)?|show|measure|about|"
    r"really).*",
    r"what (is |are )?ASKER( really| actually|'re|’re| are| is)* (want|wants|wanting|hope|hopes|trying|asking|"
    r"after|testing|assessing|evaluating)( .*)?",
    r"what('s|’s| is) being (tested|asked|assessed|evaluated)",
    r"the real question",
    r"((the )?interviewers?('s|’s|’|')? )?(purpose|intent(ion)?|objectives?|rationale|goals?|reason(ing)?|"
    r"perspective|motivation)( (of|behind|for) .*)?",
    r"description",
    r"(skills?|competenc(y|ies)|traits?|qualit(y|ies)) (tested|assessed|evaluated|measured|sought)",
    r"tests?( for)?",
    r"assesses",
    r"background",
)
"""What the question is meant to find out."""

HINT = (
    r"how (to|you (should|can|could|might)|should you|do you|can you)( best)? ((answer|respond|reply)(THIS| "
    r".*)|(approach|tackle|handle|structure)( (it|this|(this|the|your|an|these) (questions?|answers?|"
    r"responses?)))?)",
    r"((pro|quick|helpful|answer(ing)?|interview|expert|extra|bonus|our|top) )*tips?( (for|to|on) .*)?",
    r"advice",
    r"(recommended |answer |suggested |the )*(approach|strategy|framework|guidance|structure|"
    r"formula|method)",
    r"hints?",
    r"do'?s",
    r"don[’']?ts",
    r"do'?s (and|&) don[’']?t'?s",
    r"do",
    r"don[’']t( say)?",
    r"do not",
    r"best practices",
    r"anti[ -]?patterns?",
    r"(red|yellow|orange) flags?( .*)?",
    r"warning signs?",
    r"(common |possible )?(mistakes?|pitfalls?|errors?|traps?)( .*)?",
    r"what (not to|to avoid)( .*)?",
    r"(things )?(to )?avoid( .*)?",
    r"scoring( guide| rubric)?",
    r"rubric",
    r"remember",
    r"keep in mind",
    r"(bad|weak|poor|wrong|average)( (answers?|responses?)( .*)?)?",
    r"note to (self|interviewer)s?",
    r"preparation",
)
"""How to go about the answer."""

ANSWER = (
    r"((the|a|an|your|my|sample|example|model|possible|suggested|potential|good|great|strong|best|short|long|"
    r"detailed|user|submitted|correct|ideal|expected|full|quick|brief|complete|possible|star|expert|junior|"
    r"senior)[ -])*(answers?|responses?|solutions?|repl(y|ies)|ans)( (example|sample|guide|guideline|key|"
    r"outline|template)s?)?( ?#?\d{1,2})?",
    r"example( answers?| responses?)( .{1,40})?",
    r"(sample|example)s? (of )?(an? )?(answer|response)s?( .{1,40})?",
    r"a(ns)?\d{0,3}",
    r"(view|show|see|reveal|click|tap|open|expand|toggle|check|get)\b.{0,20}\b(answers?|solutions?|more|"
    r"expand|details|reveal|show|here)",
    r"(answers?|responses?)( to (this|the) question)",
    r"(you (could|might|can|should) )?say( instead| this| something like( this)?)?",
    r"(solution|answer) (approach|steps|outline|walkthrough)",
    r"spoiler",
)
"""An answer."""

NOISE = (
    r"((additional|useful|further|external|related|extra|helpful|more|recommended|other) )*(links?|resources?|"
    r"reading|references?|sources?|posts?|articles?|materials?|questions you may like)",
    r"see also",
    r"read more",
    r"more info(rmation)?",
    r"learn more",
    r"what to learn next",
    r"tags?",
    r"difficulty( level)?",
    r"asked (in|by|at)",
    r"companies",
    r"credits?",
)
"""What is no part of a card."""

STAYING = (
    r"do",
    r"don[’']?ts?( say)?",
    r"do'?s",
    r"do not",
    r"(red|yellow|orange) flags?.*",
    r"best practices",
    r"anti.*",
    r"(bad|weak|poor|wrong|average).*",
    r".*(mistakes?|pitfalls?)",
    r"avoid.*",
    r"scoring.*",
    r"rubric",
)
"""Labels that must stay with what they stand over."""

WEAK = (
    r"(.* )?(approach|strategy|framework|guidance|structure|formula|method)",
    r"best practices",
    r"anti.*",
    r"hints?",
    r"description",
    r"background",
    r"(.* )?tips?( .*)?",
    r"advice",
    r"remember",
    r"keep in mind",
    r"purpose",
    r"intent(ion)?",
    r"objectives?",
    r"goals?",
    r"reason(ing)?",
    r"rationale",
    r"motivation",
    r"tests?( for)?",
    r"points?",
    r"(.* )?(areas|points|topics|things|aspects|elements|items|takeaways?|ideas)( .*)?",
    r"checklist",
    r"(.* )?(mistakes?|pitfalls?|errors?|traps?)( .*)?",
    r"(things )?(to )?avoid( .*)?",
    r"do",
    r"do'?s",
    r"don[’']?ts?",
    r"example( .*)?",
    r"(.* )?(solutions?)( .*)?",
    r"preparation",
    r"what (to )?(look|listen|watch).*",
)
"""Labels that also stand within answers; they divide a card only where the document uses them throughout."""

CONTENTS = (
    r"(table of |view |show )?contents?",
    r"toc",
    r"index",
    r"in this (article|guide|post|page|document)",
    r"on this page",
    r"jump to( section)?",
    r"overview of questions",
    r"quick links",
    r"what('s|’s) (inside|in this (article|guide))",
    r"list of (all )?(questions|contents)",
    r"navigation",
)
"""Titles of a table of contents."""

CLOSING = (
    r"(in )?(conclusions?|summary|closing( thoughts| words| remarks)?|final (thoughts|words|tips|notes)|"
    r"wrapping( it)? up|wrap[ -]?up|the bottom line|takeaways|next steps|about( the)? (author|us|me)|"
    r"contribut(ing|ors?|e)|licen[cs]e|acknowledge?ments?|support|sponsors?|up next|next up|related .*|you "
    r"may also like|further reading|references|share this .*|comments?|leave a (reply|comment)|subscribe.*|"
    r"newsletter|get started.*|resources?|credits?|changelog|author|disclaimer)",
)
"""Titles of what comes after the questions."""

BOILERPLATE = (
    r"sign[ -]?up (for|to|now|today|here|and|-)",
    r"subscribe (to|now|for|here|today)",
    r"(our|my|free|weekly) newsletter",
    r"all rights reserved",
    r"cookies?\b.{0,30}(accept|use|policy)",
    r"privacy policy",
    r"terms of (service|use)",
    r"share (this|on)\b",
    r"follow (us|me)\b",
    r"log ?in\b",
    r"back to top",
    r"\d+ min(ute)?s? read",
    r"©",
    r"copyright",
    r"(written|posted|published|updated|reviewed) (by|on)\b",
    r"last updated",
    r"join (our|us|\d[\d,.]*\+?) ",
    r"try (it|.{0,20}) (for )?free",
    r"for free\W*$",
    r"click here",
    r"download (the|our|this)",
    r"get (started|the app|instant access)",
    r"advertisement",
    r"sponsored",
    r"leave a (comment|reply)",
    r"skip to (main )?content",
    r"view all",
    r"read next",
    r"next question",
    r"related posts",
    r"star this repo",
    r"give (it )?a star",
    r"buy me a coffee",
    r"⬆",
    r"↥",
    r"made with",
    r"try (it|this) (out )?(here|on)\b",
)
"""What stands in a line for the site, not for the matter."""

CLOSING_LINE = (
    r"(by|in) \w+ing (these|this|those|such|the above)\b",
    r"in (conclusion|summary|short)\b",
    r"to (sum up|summarize|conclude)\b",
    r"(these|those) (are|were) (just |only )?(some|a few|the)\b.{0,60}questions",
    r"(best of luck|good luck)\b",
    r"we hope\b",
    r"(now|with these|with this).{0,40}you('re|’re| are| can)\b.{0,80}(interview|ready|prepared)",
)
"""How a paragraph begins that looks back on the questions before it."""

TELLS_WHY = (
    r"(this|the) (interview |behaviou?ral |situational |type of )?question (?!is not|isn)\w+",
    r"(the |an? )?(interviewers?|employers?|recruiters?|hiring managers?) (\w+ )?(asks?|wants?|uses?|is|are|"
    r"would|looks?|need)\b",
    r"(by )?asking (this|about)",
    r"inquiring about",
    r"with this question",
    r"this is (probably |perhaps |often )?(a|an|one of)( \w+){0,3} (question|way to)",
    r"here,? (the interviewer|they)",
)
"""How a paragraph begins that says what a question is meant to find out."""
