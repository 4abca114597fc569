"""`auditar`: los hechos del servicio en una fecha, reunidos una vez, y los hallazgos típicos que se siguen.

Aquí se lee; qué es un hallazgo lo dice `reglas.hallazgos`. Lo leído de cada archivo se recuerda por el
resumen de sus bytes: la segunda vez no se abre ninguno.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sgc_gt.comparacion.secciones import comparar_secciones
from sgc_gt.consultas.antecedentes import antecedentes
from sgc_gt.consultas.comprobar import Revision
from sgc_gt.consultas.compromisos import compromisos
from sgc_gt.consultas.datos_emitidos import datos_de
from sgc_gt.consultas.estandarizacion import estandarizacion
from sgc_gt.consultas.formas_leidas import FormasLeidas
from sgc_gt.consultas.guardados import guardados
from sgc_gt.consultas.registros import registros
from sgc_gt.consultas.revisado import Revisado
from sgc_gt.consultas.versiones import bytes_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import filas, rutas
from sgc_gt.dominio import objetos as o
from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.externos import externos_de
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.periodos import anio_impreso
from sgc_gt.dominio.rectificacion import rectificada
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.listas.csv import leer as leer_csv
from sgc_gt.reglas.hallazgos.alertas import a_alertas
from sgc_gt.reglas.hallazgos.contenido import motivo_escaso
from sgc_gt.reglas.hallazgos.evaluar import evaluar
from sgc_gt.reglas.hallazgos.hechos import Ajeno, Declarado, Hechos
from sgc_gt.reglas.hallazgos.rige import Rige, rige_el
from sgc_gt.reglas.hallazgos.valores import Resultado
from sgc_gt.reglas.materia import Hueco
from sgc_gt.repositorio.objetos import oid_de_blob

CON_DATOS = frozenset({
    o.ACUERDO, o.DIAGNOSTICO, o.DIFUSION, o.EVALUACION, o.EVIDENCIA_DIFUSION, o.FICHA, o.IMPLEMENTACION,
    o.MEDICION, o.PLAN, o.PROGRAMA, o.PROPUESTA, o.REVISION, o.SEGUIMIENTO,
})  # fmt: skip
"""De lo que hace de esto, algún hallazgo mira los datos: de lo demás no se paga leerlos."""
_CONTROLADO = ("documentos/", "registros/")
_WORD = ".docx"


def hallazgos(vista: Vista, fecha: date) -> list[Resultado]:
    """Uno por hallazgo típico, como estaba en la fecha; primero lo hallado, de más grave a menos."""
    return list(evaluar(hechos(vista, fecha)))


def del_estado(vista: Vista, fecha: date, codigo: str = "") -> list[Revisado]:
    """Los hallazgos sobre datos y estado como alertas del chequeo, por quien los corrige y documento.

    No se abre ni un Word ni una evidencia. `codigo`: solo los de ese documento.
    """
    with vista.repo.compartiendo():
        pares = list(a_alertas(hechos_de_datos(vista, fecha)))
    grupos: dict[tuple[str, str], list[Alerta]] = defaultdict(list)
    for quien, alerta in pares:
        if codigo in ("", alerta.documento):
            grupos[quien, alerta.documento].append(alerta)
    return [Revisado(doc, "", "", "", "", quien, tuple(suyas)) for (quien, doc), suyas in grupos.items()]


def hechos_de_datos(vista: Vista, fecha: date) -> Hechos:
    """Lo que se sabe sin leer archivos: movimientos, datos, lo declarado y los documentos externos."""
    return _sin_archivos(vista, fecha, tuple(rectificada(f) for f in vista.fichas()))


def hechos(vista: Vista, fecha: date) -> Hechos:
    """Todo lo que se mira. Los archivos de la carpeta y las evidencias son los de hoy."""
    with vista.repo.compartiendo(), FormasLeidas(vista.repo.raiz).recordando() as lecturas:
        revision = Revision(vista, _SinTaller(), fecha, lecturas)
        fichas = revision.fichas
        return replace(
            _sin_archivos(vista, fecha, fichas),
            alertas={r.codigo: (*r.alertas, *r.base) for r in revision.que_rige()},
            registros=registros(vista, str(fecha.year), fecha, fichas),
            cambiadas=_cambiadas(vista, fichas, fecha, lecturas),
            ajenos=tuple(_ajenos(vista, fichas, fecha)),
            guardados=tuple(guardados(vista, fichas, fecha)),
        )


def _sin_archivos(vista: Vista, fecha: date, fichas: tuple[Ficha, ...]) -> Hechos:
    return Hechos(
        vista.servicio,
        vista.organizacion,
        fecha,
        fichas,
        tuple(externos_de(vista.sistema, fecha).values()),
        tuple(_declarados(vista)),
        estandarizacion=estandarizacion(vista, fecha),
        datos=_datos(vista, fichas, fecha),
        de_antes=_de_antes(vista, fichas, fecha),
        antecedentes=antecedentes(vista),
        compromisos=tuple(compromisos(vista, fecha, fichas)),
    )


class _SinTaller:
    """De lo que rige nadie pregunta por datos que falten ni por guías: eso es de los borradores."""

    def faltas(self, vista: Vista, tipo: str, datos: bytes | None, lugar: str) -> tuple[Hueco, ...]:  # noqa: ARG002
        return ()

    def guias_de(self, vista: Vista, ficha: Ficha) -> frozenset[str]:  # noqa: ARG002
        return frozenset()


def _declarados(vista: Vista) -> Iterator[Declarado]:
    """Los documentos que el servicio dijo tener y cuyo archivo no se ha importado."""
    datos = vista.leer(rutas.POR_IMPORTAR)
    for fila in leer_csv(datos, filas.PENDIENTES) if datos else ():
        campos = ("codigo", "titulo", "version", "estado", "elabora", "revisa", "aprueba")
        yield Declarado(*(str(fila[c]) for c in campos))


def _vigentes(fichas: Iterable[Ficha], fecha: date) -> Iterator[Rige]:
    for ficha in fichas:
        s = situacion(ficha, fecha)
        if s.vigente:
            yield Rige(ficha, s.vigente, s)


def _se_mira(tipo: Tipo | None) -> bool:
    return tipo is not None and (tipo.hace_de in CON_DATOS or tipo.en_cada_region != ())


def _datos(vista: Vista, fichas: Iterable[Ficha], fecha: date) -> dict[str, Mapping[str, Any]]:
    """Por código, los datos de lo que rige o está archivado, de los tipos que se miran."""
    suyos = {
        f"{rutas.carpeta(r.ficha)}/{rutas.datos_de(r.v.archivo)}": r.codigo
        for r in _vigentes(fichas, fecha)
        if r.v.archivo and _se_mira(vista.servicio.tipos.get(r.ficha.tipo))
    }
    if not suyos:
        return {}
    # Aquí, y no arriba: un servicio sin esos tipos no paga lo que cuesta leer YAML.
    from sgc_gt.config.lectura import leer_yaml  # noqa: PLC0415

    leidos = {suyos[r]: leer_yaml(d, r)[0] for r, d in vista.leer_varios(suyos).items()}
    return {codigo: valor for codigo, valor in leidos.items() if isinstance(valor, dict)}


CONTRA = {
    o.IMPLEMENTACION: (o.PROGRAMA,),
    o.EVALUACION: (o.PLAN, o.PROGRAMA),
    o.MEDICION: (o.PLAN,),
}
"""Contra qué se rinde cada informe: se mira la versión que regía al abrirlo."""


def _de_antes(
    vista: Vista, fichas: tuple[Ficha, ...], fecha: date
) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Los datos de las versiones del año que ya no rigen y que regían al abrirse un informe."""
    de_que = {f.codigo: vista.servicio.hace_de(f.tipo) for f in fichas}
    informes = list(_vigentes((f for f in fichas if de_que[f.codigo] in CONTRA), fecha))
    pedidos = [
        (f, v)
        for f in fichas
        if any(de_que[f.codigo] in rendidos for rendidos in CONTRA.values())
        for v in situacion(f, fecha).versiones
        if v.estado == tabla.OBSOLETO
        and any(
            de_que[f.codigo] in CONTRA[de_que[r.codigo]]
            and rige_el(v, r.v.abierta)
            and anio_impreso(f, v) == r.anio
            for r in informes
        )
    ]
    return {(f.codigo, v.version): datos_de(vista, f, v) for f, v in pedidos}


def _cambiadas(
    vista: Vista, fichas: Iterable[Ficha], fecha: date, lecturas: FormasLeidas
) -> dict[str, tuple[str, ...]]:
    """De lo que rige con un motivo corto o vago, las secciones que no son como en la versión anterior."""
    resultado = {}
    for r in _vigentes(fichas, fecha):
        anterior = _anterior(r)
        if anterior and motivo_escaso(r.v.motivo) and r.v.archivo.endswith(_WORD):
            antes, ahora = (_forma(vista, r.ficha, v, lecturas) for v in (anterior, r.v))
            resultado[r.codigo] = tuple(str(c["seccion"]) for c in comparar_secciones(antes, ahora))
    return resultado


def _anterior(r: Rige) -> Version | None:
    """La versión que regía antes, si es de Word; None si es la primera o no tiene motivo."""
    previas = [v for v in r.situacion.versiones if v.emision and v.estado == tabla.OBSOLETO]
    return previas[-1] if previas and r.v.motivo and previas[-1].archivo.endswith(_WORD) else None


def _forma(vista: Vista, ficha: Ficha, v: Version, lecturas: FormasLeidas) -> Any:
    contenido = bytes_de(vista, ficha, v)
    return lecturas.leer(oid_de_blob(contenido), contenido, v.archivo).forma


def _ajenos(vista: Vista, fichas: Iterable[Ficha], fecha: date) -> Iterator[Ajeno]:
    """Lo que en la carpeta no es como los movimientos lo dejaron; si es una versión obsoleta, cuál."""
    hallados = [a for a in vista.repo.cambios_ajenos() if a.ruta.startswith(_CONTROLADO)]
    if not hallados:
        return
    obsoletas = {
        v.sha256: f"{f.codigo} versión {v.version}"
        for f in fichas
        for v in situacion(f, fecha).versiones
        if v.estado == tabla.OBSOLETO and v.sha256
    }
    for ajeno in hallados:
        archivo = vista.repo.raiz / ajeno.ruta
        propio = hashlib.sha256(archivo.read_bytes()).hexdigest() if archivo.is_file() else ""
        yield Ajeno(ajeno.ruta, ajeno.causa, obsoletas.get(propio, ""))
