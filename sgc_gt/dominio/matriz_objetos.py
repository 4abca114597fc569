"""De cada objeto, su lugar entre los registros: qué serie lo guarda y qué procedimiento la pide (I-03)."""

from __future__ import annotations

from sgc_gt.dominio.estandarizacion import CUMPLIDO
from sgc_gt.dominio.matriz_valores import FilaObjeto, Materia, de_donde
from sgc_gt.dominio.requisitos import Catalogo, Objeto


def objetos(m: Materia) -> tuple[FilaObjeto, ...]:
    """Los objetos de los sistemas en uso, y cuáles no tienen lugar entre los registros."""
    return tuple(_objeto(m, c, o) for c in m.servicio.catalogos for o in c.objetos)


def _objeto(m: Materia, c: Catalogo, o: Objeto) -> FilaObjeto:
    series = m.series_de(o)
    lo_pide = tuple(dict.fromkeys(p for s in series for p in m.pedidos.get(s, ())))
    hay = tuple(dict.fromkeys(e.codigo for t in de_donde(o) for e in m.de(t, o)))
    if o.estandarizacion:
        suyos = {r.id for r in c.requisitos if r.objeto == o.id}
        enlazados = [f for f in m.estandarizacion if f.requisito in suyos and f.estado == CUMPLIDO]
        hay = tuple(dict.fromkeys(f.documento for f in enlazados))
    tipos = m.tipos_de(o)
    if not tipos and not series:
        falta = "el servicio no tiene un tipo que lo escriba"
    elif not series and not o.estandarizacion:
        falta = "no está en el listado de registros"
    elif series and not lo_pide:
        falta = "ningún procedimiento vigente lo pide en su sección de registros"
    else:
        falta = ""
    return FilaObjeto(
        c.sistema, o.etapa, o.id, o.nombre, o.clase, tuple(t.id for t in tipos), series, lo_pide, hay, falta
    )
