r"""The preamble: the packages and the few commands of our own that the source is written in.

They stand in one file of the export, so that a project can give them another look in a ``local.tex`` of its own.
"""

PREAMBLE = r"""
\usepackage{array}
\usepackage{longtable}
\usepackage{graphicx}
\usepackage{xcolor}
\usepackage{pdflscape}
\usepackage{hyperref}
\setcounter{secnumdepth}{5}
\setlength{\extrarowheight}{2pt}
\setlength{\LTcapwidth}{0.9\textwidth}

% A sign that not every font has, by its number: the sign where the font has it, else its number.
\ifdefined\XeTeXversion
  \DeclareRobustCommand{\dmsign}[1]{\iffontchar\font"#1 \char"#1\relax\else{[}U+#1{]}\fi}
\else
  \usepackage[T1]{fontenc}
  \usepackage{textcomp}
  \DeclareRobustCommand{\dmsign}[1]{{[}U+#1{]}}
\fi
\pdfstringdefDisableCommands{\def\dmsign#1{[U+#1]}}

% Where something is spoken of; links lead here.
\newcommand{\dmtarget}[1]{\phantomsection\label{#1}}

% A document by its handle, and its address. To cite it instead: \renewcommand{\dmdocument}[2]{\citeds{#1}}
\newcommand{\dmdocument}[2]{\href{#2}{#1}}

% Words above what follows; a labelled value; a picture that is not there; a level of a tree.
\newcommand{\dmlabel}[1]{\par\medskip\noindent\textbf{#1}\par\nobreak}
\newcommand{\dmfact}[2]{\par\noindent\textbf{#1:} #2\par}
\newcommand{\dmframe}[1]{\fbox{\parbox{0.8\linewidth}{\centering\itshape #1}}}
\newcommand{\dmindent}[1]{\hangindent=#1em\hangafter=0\relax}

% What a figure shows, in words, for those who cannot see it; older systems have no place for that.
\makeatletter
\@ifundefined{KV@Gin@alt}{\define@key{Gin}{alt}{}}{}
\makeatother

% Code, as it was typed.
\newenvironment{dmcode}{\begin{flushleft}\small\ttfamily}{\end{flushleft}}

% The works that are cited; the argument is the widest number.
\newenvironment{dmreferences}[1]{\begin{list}{}{\settowidth{\labelwidth}{#1}%
  \setlength{\leftmargin}{\labelwidth}\addtolength{\leftmargin}{\labelsep}}\raggedright}{\end{list}}
\InputIfFileExists{local.tex}{}{}
"""
