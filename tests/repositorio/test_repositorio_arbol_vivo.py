"""El árbol en memoria resume igual que el que se escribe en la historia, cambie lo que cambie."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.repositorio.arbol_vivo import ArbolVivo
from sgc_gt.repositorio.objetos import Arbol, aplicar, leer_arbol, oid_de_blob

# Nombres que obligan a ordenar como git: «a» carpeta va después de «a.b» y antes de «a0».
RUTAS = st.sampled_from(["a/x", "a.b", "a0", "a/b/c", "a/b/d", "ñ/x", "b", "c/d/e/f", "c/d.e"])
CAMBIOS = st.lists(
    st.dictionaries(RUTAS, st.none() | st.binary(max_size=2), min_size=1, max_size=4), max_size=6
)


@given(CAMBIOS)
def test_cada_movimiento_tiene_el_identificador_que_git_le_daria(
    movimientos: list[dict[str, bytes | None]],
) -> None:
    vivo, escritos, raiz = ArbolVivo(), dict[str, Arbol](), None
    esperado: dict[str, str] = {}
    for movimiento in movimientos:
        oids = {r: oid_de_blob(d) if d is not None else None for r, d in movimiento.items()}
        raiz, nuevos = aplicar(raiz, oids, escritos.__getitem__)
        escritos.update({oid: leer_arbol(oid, datos) for oid, (_, datos) in nuevos.items()})
        antes = vivo.cambiar(oids)
        assert antes == {r: esperado.get(r) for r in oids}
        esperado = {r: o for r, o in {**esperado, **oids}.items() if o}
        assert vivo.bajo("") == esperado
        assert vivo.bajo("a") == {r: o for r, o in esperado.items() if r.startswith("a/")}
        assert vivo.oid() == raiz
