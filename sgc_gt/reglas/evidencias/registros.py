"""Evidencias del control de registros: cómo se controla cada serie, qué se pide y qué hay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sgc_gt.dominio import vida
from sgc_gt.dominio.actos import RETIRADOS
from sgc_gt.dominio.auditoria import NO_APLICA, SIN_EVIDENCIA, Prueba, Respuesta, responder
from sgc_gt.dominio.filas import ACCESOS, nombre_cargo
from sgc_gt.dominio.filas import retencion as plazo
from sgc_gt.dominio.registros import ARCHIVA, MODOS_EN_PALABRAS, FilaRegistro
from sgc_gt.dominio.servicio import Serie
from sgc_gt.dominio.situacion import Version
from sgc_gt.dominio.textos import comparable
from sgc_gt.reglas.evidencias.materia import Materia, Visto, al, cuantos

_EXIGE = (
    ("responsable", "responsable"),
    ("almacenamiento", "almacenamiento"),
    ("proteccion", "protección"),
    ("recuperacion", "recuperación"),
    ("base_legal", "base legal"),
    ("disposicion", "disposición"),
)


def series(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Los seis atributos de control de cada serie; falta el que nadie dice."""
    pruebas = [_de_serie(m, s) for s in m.servicio.series.values()]
    return responder(
        pruebas,
        f"Series con su control completo en el catálogo de hoy: {sum(1 for p in pruebas if not p.alerta)} "
        f"de {len(pruebas)}.",
        "sgc-gt listas",
        nada="El catálogo no tiene series de registros.",
    )


def _de_serie(m: Materia, s: Serie) -> Prueba:
    faltan = [nombre for campo, nombre in _EXIGE if not getattr(s, campo)]
    if s.retencion_anios is None:
        faltan.append("tiempo de retención")
    dice = (
        f"{s.nombre}: responde {nombre_cargo(m.servicio, s.responsable) or 'nadie'}; se guarda en "
        f"{s.almacenamiento or '—'}; protección: {s.proteccion or '—'}; se busca por "
        f"{s.recuperacion or '—'}; retención: "
        f"{plazo(s.retencion_anios)} ({s.base_legal or 'sin base legal'}); después: {s.disposicion or '—'}"
    )
    return Prueba(s.codigo, dice, f"sin definir: {', '.join(faltan)}" if faltan else "")


def registros_pedidos(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Lo que la sección de registros de cada documento vigente pide, contra lo archivado en el año."""
    pedidos = [f for f in m.pedidos if f.pedido]
    pruebas = [_de_pedido(f) for f in pedidos]
    return responder(
        pruebas,
        f"Registros que se piden: {len(pruebas)}. Sin nada del período {m.fecha.year}: "
        f"{sum(1 for p in pruebas if p.alerta)}.",
        f"sgc-gt registros --periodo {m.fecha.year}",
        nada="Ningún documento vigente pide registros.",
    )


def _de_pedido(f: FilaRegistro) -> Prueba:
    codigos = ", ".join(i.codigo for i in f.presentes[:5]) + (", …" if len(f.presentes) > 5 else "")
    modo = "" if f.modo == ARCHIVA else f" ({MODOS_EN_PALABRAS[f.modo]})"
    hay = f"hay {len(f.presentes)}: {codigos}" if f.presentes else "no hay ninguno del período"
    return Prueba(
        f.procedimiento,
        f"pide {' '.join(filter(None, (f.codigo, f.nombre)))}{modo}; {hay}",
        f"{f.codigo or f.nombre}, {'; '.join(f.falta)}" if f.falta else "",
        fecha=max((i.fecha for i in f.presentes if i.fecha), default=None),
        lugar=f.presentes[0].referencia if f.presentes else "",
    )


def registros_archivados(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Cada registro archivado: su identificación, su fecha y dónde está."""
    pruebas = [_de_instancia(r, v) for r, v in m.archivados()]
    return responder(
        pruebas,
        f"{cuantos(len(pruebas), 'Un registro archivado', 'registros archivados')}, cada uno "
        "con código, período, fecha y lugar.",
        "sgc-gt historial COD",
        nada="No hay registros archivados a esta fecha.",
    )


def _de_instancia(r: Visto, v: Version) -> Prueba:
    m = v.emision or r.ficha.actos[0]
    ubicacion = str(r.ficha.actos[0].extra.get("ubicacion", ""))
    lugar = ubicacion or (f"{r.carpeta}/{v.archivo}" if v.emision else f"{r.carpeta}/evidencias/{v.archivo}")
    alerta = "" if ubicacion or v.archivo else "no dice dónde está"
    return Prueba(r.codigo, v.titulo or "sin título", alerta, v.version, m.n, m.fecha, lugar)


def retencion(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Los registros que ya cumplieron su plazo y esperan que se decida su destino."""
    vencidos = {i.codigo: (i, f) for f in m.pedidos for i in f.vencidos}
    orden = "sgc-gt disposicion"
    otros = [*_suspendidos(m), *_dispuestos(m)]
    if not (vencidos or otros):
        return Respuesta(NO_APLICA, "Ningún registro archivado ha cumplido su plazo a esta fecha.", (), orden)
    return responder(
        [
            Prueba(
                i.codigo,
                f"{i.titulo or f.nombre}, del {al(i.fecha)}; retención: {f.retencion}",
                "cumplió su plazo y no consta su disposición",
                i.version,
                fecha=i.fecha,
                lugar=i.referencia,
            )
            for i, f in vencidos.values()
        ]
        + otros,
        f"Con el plazo cumplido y sin disposición: {len(vencidos)}. Con la retención suspendida: "
        f"{len(list(_suspendidos(m)))}. Dispuestos o sustraídos con su acto: {len(list(_dispuestos(m)))}. "
        "Cumplir el plazo no elimina nada.",
        orden,
        nada="",
    )


def _suspendidos(m: Materia) -> Iterator[Prueba]:
    for i in {i.codigo: i for f in m.pedidos for i in f.suspendidos}.values():
        yield Prueba(
            i.codigo, f"{i.titulo}: {i.suspendido}", "", i.version, fecha=i.fecha, lugar=i.referencia
        )


def _dispuestos(m: Materia) -> Iterator[Prueba]:
    """Los que ya no se conservan, con el movimiento que lo dice."""
    for r in m.registros:
        v = r.situacion.versiones[-1] if r.situacion.versiones else None
        if v and v.estado in RETIRADOS and r.situacion.ultimo:
            ultimo = r.situacion.ultimo
            dice = f"{v.titulo}: {vida.sin_el(r.ficha)}"
            yield Prueba(r.codigo, dice, "", v.version, ultimo.n, ultimo.fecha, r.carpeta)


def registros_de(m: Materia, datos: tuple[str, ...]) -> Respuesta:
    """Lo archivado en las series cuyo nombre trata la materia."""
    suyas = series_de(m, datos)
    pruebas = [_de_instancia(r, v) for r, v in m.archivados() if r.codigo.partition("/")[0] in suyas]
    materia = " o ".join(f"«{p}»" for p in datos)
    nada = (
        f"La serie {', '.join(suyas)} no tiene registros archivados a esta fecha."
        if suyas
        else f"Ninguna serie de registros trata de {materia}: el sistema no lo lleva. Pida esos "
        "registros a quien los guarda."
    )
    return responder(
        pruebas, f"Archivados en {', '.join(suyas)}: {len(pruebas)}.", "sgc-gt registros", nada=nada
    )


def series_de(m: Materia, palabras: Iterable[str]) -> tuple[str, ...]:
    """Los códigos de las series cuyo nombre lleva alguna de esas palabras."""
    buscadas = [comparable(p) for p in palabras]
    return tuple(
        s.codigo for s in m.servicio.series.values() if any(p in comparable(s.nombre) for p in buscadas)
    )


def respaldo(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Las copias de respaldo no las ve el sistema: solo cuenta lo que alguien archivó de ellas."""
    archivado = registros_de(m, ("copia de respaldo", "respaldo de", "restauracion"))
    if archivado.pruebas:
        return archivado
    return Respuesta(
        SIN_EVIDENCIA,
        "El sistema todavía no registra copias de respaldo ni pruebas de restauración: pídalas "
        "a informática.",
        (),
        "sgc-gt verificar",
    )


def acceso(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Qué puede ver cualquiera y qué no, y quiénes pueden cambiar lo que rige."""
    roles = [
        Prueba(rol, f"rol de {', '.join(nombre_cargo(m.servicio, c) for c in cargos)}")
        for rol, cargos in m.servicio.roles.items()
        if cargos
    ]
    de_series = [
        Prueba(
            s.codigo,
            f"{s.nombre}: acceso {ACCESOS.get(s.acceso, s.acceso).lower() or 'sin definir'}",
            "" if s.acceso else "no dice quién puede verlo",
        )
        for s in m.servicio.series.values()
    ]
    reservadas = sum(1 for s in m.servicio.series.values() if s.acceso == "reservado")
    return responder(
        [*roles, *de_series],
        f"Roles asignados: {len(roles)}. Series reservadas: {reservadas} de {len(de_series)}. "
        "Quién puede abrir la carpeta "
        "lo fija informática y no se ve desde aquí.",
        "sgc-gt tipos",
        nada="El catálogo no dice quién accede a qué.",
    )
