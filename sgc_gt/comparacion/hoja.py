"""La hoja de estilos de la comparación: se lee en pantalla, impresa y sin colores.

`HOJA` es la de la página propia; `cuadro`, solo las reglas de lo comparado, para ponerlo en otra página.
"""

from __future__ import annotations

_COLORES = "--tinta: #1b2733; --tenue: #51606f; --linea: #d5dce3; --fondo: #f5f7f9; --azul: #1d4e89;"
"""Los mismos de las demás páginas (`paginas/hoja.css`)."""

_CUADRO = """
.conclusion { font-size: 1.1rem; margin: 1rem 0; padding: .75rem 1rem; background: var(--fondo); border-left: .3rem solid var(--azul); }
.aviso { margin: .5rem 0; padding: .5rem 1rem; border: 1px solid #9a6700; background: #fff8e5; }
.nota { font-weight: normal; color: var(--tenue); }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--linea); padding: .4rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.par { table-layout: fixed; }
.par > thead > tr > th { background: var(--fondo); }
.par > thead > tr > th:first-child, .par > tbody > tr > th { width: 8.5rem; }
.par > tbody > tr > th { font-weight: 600; }
.igual > td, .igual > th, tr.salto > td { color: var(--tenue); font-weight: normal; }
tr.salto { position: static; }
tr.salto > td { text-align: center; background: var(--fondo); font-size: .9rem; }
.titulo { font-weight: 700; }
.lista { padding-left: 1.2rem; text-indent: -1rem; }
td p, td ul { margin: 0 0 .35rem; }
td p:last-child, td ul:last-child { margin-bottom: 0; }
td ul { padding-left: 1.2rem; }
td table { font-size: .92rem; margin: .25rem 0; }
td table th { background: var(--fondo); }
del { color: #82071e; background: #ffebe9; text-decoration: line-through; }
ins { color: #0b4f1f; background: #dafbe1; text-decoration: underline; }
.ausente, .dice { color: var(--tenue); font-style: italic; }
.enlace { text-decoration: underline dotted; }
.oculto { outline: 1px dotted var(--tenue); }
th .dice { font-weight: normal; }
"""  # noqa: E501
"""Una regla por línea: así se le puede anteponer dónde vale."""

_ANGOSTA = """
.par > thead > tr > th:first-child, .par > tbody > tr > th { width: 5.5rem; }
.par > thead > tr > th:first-child, .par > tbody > tr > th { padding: .4rem .3rem; font-size: .75rem; }
"""
_IMPRESA = """
td table tr { break-inside: avoid; }
del, ins { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
"""

HOJA = f"""
:root {{ {_COLORES} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; max-width: 80rem; padding: 1.5rem; color: var(--tinta); background: #fff;
  font: 1rem/1.55 "Segoe UI", "Liberation Sans", Arial, sans-serif; }}
h1 {{ font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }}
h2 {{ font-size: 1.25rem; margin: 2rem 0 .5rem; padding-bottom: .35rem;
  border-bottom: 2px solid var(--tinta); }}
a {{ color: var(--azul); }}
.subtitulo {{ margin: 0 0 1rem; color: var(--tenue); }}
{_CUADRO}
.huella {{ font: .8rem/1.4 Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }}
.lados th:nth-child(1) {{ width: 8.5rem; }}
.lados th:nth-child(2) {{ width: 14rem; }}
nav ol {{ margin: .25rem 0 0; padding-left: 1.5rem; }}
nav h2 {{ border: 0; margin: 1rem 0 0; font-size: 1rem; }}
footer {{ margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--linea); color: var(--tenue);
  font-size: .9rem; }}
.vh {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }}
@media screen and (max-width: 45rem) {{ body {{ padding: .75rem; }} {_ANGOSTA}
  .lados thead {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
  .lados, .lados tbody, .lados tr, .lados th, .lados td {{ display: block; width: 100%; border: 0; }}
  .lados tr {{ border: 1px solid var(--linea); border-radius: .4rem; margin: 0 0 .6rem; padding: .25rem 0; }}
  .lados th, .lados td {{ padding: .2rem .7rem; }} }}
@media print {{ @page {{ size: A4 landscape; margin: 12mm; }}
  body {{ max-width: none; padding: 0; font-size: 10pt; -webkit-print-color-adjust: exact;
    print-color-adjust: exact; }}
  nav {{ display: none; }} thead {{ display: table-header-group; }} h2 {{ break-after: avoid; }}
  {_IMPRESA} }}
"""


def cuadro(donde: str) -> str:
    """Las reglas de lo comparado, solo dentro de lo que ese selector elige."""
    return (
        f"{donde} {{ {_COLORES} }}\n{_dentro_de(donde, _CUADRO)}"
        f"@media (max-width: 45rem) {{ {_dentro_de(donde, _ANGOSTA)} }}\n"
        f"@media print {{ {_dentro_de(donde, _IMPRESA)} }}\n"
    )


def _dentro_de(donde: str, reglas: str) -> str:
    """Cada selector de cada regla, con `donde` delante."""
    resultado = []
    for regla in reglas.strip().splitlines():
        selectores, llave, resto = regla.partition("{")
        propios = ", ".join(f"{donde} {s.strip()}" for s in selectores.split(","))
        resultado.append(f"{propios} {llave}{resto}\n")
    return "".join(resultado)
